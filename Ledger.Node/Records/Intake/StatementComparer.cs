using System.Text.RegularExpressions;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Whether two records mean the same: equal in what is committed, but for digits of a duration beyond a hundredth of a
/// second, which xAPI does not compare. Pure.
/// </summary>
internal static partial class StatementComparer
{
    /// <summary>Whether a record that comes again is the one that is kept, given in its committed bytes.</summary>
    public static bool IsSame(IntakeRecord record, ReadOnlySpan<byte> known)
    {
        if (!record.TimeFilledIn)
        {
            return IsSame(record.Type, record.Committed.Span, known);
        }

        // The client named no time, so the time that was filled in at first is part of what it means.
        string firstTime = CommittedRecord.Read(record.Type, known).Time;
        return IsSame(record.Type, StatementRules.WithTime(record, firstTime).Committed.Span, known);
    }

    /// <summary>Whether two values mean the same.</summary>
    public static bool AreSame(JsonCursor left, JsonCursor right)
    {
        if (left.Kind != right.Kind)
        {
            return false;
        }

        switch (left.Kind)
        {
            case JsonKind.Object:
                return HaveSameMembers(left, right) && HasNoOthers(right, left);
            case JsonKind.Array:
                return AreSameLists(left, right);
            case JsonKind.String:
                return left.TextBytes.SequenceEqual(right.TextBytes)
                    || (left.NameBytes.SequenceEqual("duration"u8) && Shortened(left.Text) == Shortened(right.Text));
            case JsonKind.Number:
                return CanonicalText(left).AsSpan().SequenceEqual(CanonicalText(right));
            case JsonKind.Null or JsonKind.True or JsonKind.False:
                return true;
            default:
                throw new ArgumentOutOfRangeException(nameof(left));
        }
    }

    private static bool IsSame(RecordType type, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.SequenceEqual(right)
        || (type == RecordType.XapiStatement
            && AreSame(JsonTree.Parse(left).Root, JsonTree.Parse(right).Root));

    private static bool HaveSameMembers(JsonCursor left, JsonCursor right)
    {
        foreach (JsonCursor member in left)
        {
            if (!(right.TryGet(member.NameBytes, out JsonCursor other) && AreSame(member, other)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasNoOthers(JsonCursor value, JsonCursor than)
    {
        foreach (JsonCursor member in value)
        {
            if (!than.TryGet(member.NameBytes, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSameLists(JsonCursor left, JsonCursor right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        JsonCursor.Enumerator others = right.GetEnumerator();
        foreach (JsonCursor element in left)
        {
            others.MoveNext();
            if (!AreSame(element, others.Current))
            {
                return false;
            }
        }

        return true;
    }

    private static byte[] CanonicalText(JsonCursor number)
    {
        System.Buffers.ArrayBufferWriter<byte> text = new();
        CanonicalJson.Write(number, text);
        return text.WrittenSpan.ToArray();
    }

    private static string Shortened(string duration) => HundredthsPattern().Replace(duration, "$1S");

    [GeneratedRegex("""([.,][0-9]{2})[0-9]+S""", RegexOptions.CultureInvariant)]
    private static partial Regex HundredthsPattern();
}
