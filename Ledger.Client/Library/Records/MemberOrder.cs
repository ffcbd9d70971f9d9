namespace Ledger.Client.Records;

/// <summary>The order of names in RFC 8785, section 3.2.3: by UTF-16 code units, here computed on UTF-8.</summary>
internal readonly struct MemberOrder : IComparer<int>
{
    private const byte FirstLeadAboveSurrogates = 0xEE;
    private const byte FirstLeadOfFourBytes = 0xF0;

    private readonly byte[] text;
    private readonly JsonNode[] nodes;

    public MemberOrder(byte[] text, JsonNode[] nodes)
    {
        this.text = text;
        this.nodes = nodes;
    }

    public int Compare(int x, int y) => Compare(
        text.AsSpan(nodes[x].NameStart, nodes[x].NameLength), text.AsSpan(nodes[y].NameStart, nodes[y].NameLength));

    /// <summary>
    /// Bytes of UTF-8 sort like code points. UTF-16 differs in one thing: what needs a surrogate pair (lead byte F0 and
    /// up) comes before U+E000 to U+FFFF (lead bytes EE and EF).
    /// </summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        byte first = left[common];
        byte second = right[common];
        bool firstIsPair = first >= FirstLeadOfFourBytes;
        bool secondIsPair = second >= FirstLeadOfFourBytes;
        if (firstIsPair != secondIsPair && Math.Min(first, second) >= FirstLeadAboveSurrogates)
        {
            return firstIsPair ? -1 : 1;
        }

        return first.CompareTo(second);
    }
}
