namespace Ledger.Fuzz;

/// <summary>Finds where the values and the members of a JSON text stand; it forgives what is broken.</summary>
internal static class JsonSpans
{
    /// <summary>Ranges of values: strings that are no names, numbers, words, arrays and objects.</summary>
    public static List<Range> Values(ReadOnlySpan<byte> text)
    {
        List<Range> values = [];
        Stack<int> open = [];
        int at = 0;
        while (at < text.Length)
        {
            byte letter = text[at];
            int end = at + 1;
            if (letter is (byte)'{' or (byte)'[')
            {
                open.Push(at);
            }
            else if (letter is (byte)'}' or (byte)']' && open.TryPop(out int start))
            {
                values.Add(start..end);
            }
            else if (letter == (byte)'"')
            {
                end = EndOfString(text, at);
                if (!IsName(text, end))
                {
                    values.Add(at..end);
                }
            }
            else if (IsWord(letter))
            {
                end = EndOfWord(text, at);
                values.Add(at..end);
            }

            at = end;
        }

        return values;
    }

    /// <summary>Ranges of names with their quotes.</summary>
    public static List<Range> Names(ReadOnlySpan<byte> text)
    {
        List<Range> names = [];
        int at = 0;
        while (at < text.Length)
        {
            int end = text[at] == (byte)'"' ? EndOfString(text, at) : at + 1;
            if (end > at + 1 && IsName(text, end))
            {
                names.Add(at..end);
            }

            at = end;
        }

        return names;
    }

    private static bool IsName(ReadOnlySpan<byte> text, int end)
    {
        while (end < text.Length && text[end] is (byte)' ' or (byte)'\n')
        {
            end++;
        }

        return end < text.Length && text[end] == (byte)':';
    }

    private static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        for (int end = at + 1; end < text.Length; end++)
        {
            if (text[end] == (byte)'\\')
            {
                end++;
            }
            else if (text[end] == (byte)'"')
            {
                return end + 1;
            }
        }

        return text.Length;
    }

    private static int EndOfWord(ReadOnlySpan<byte> text, int at)
    {
        int end = at;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsWord(byte letter) =>
        char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'-' or (byte)'+' or (byte)'.';
}
