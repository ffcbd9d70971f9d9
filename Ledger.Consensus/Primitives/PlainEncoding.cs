using System.Text;

namespace Ledger.Primitives;

/// <summary>
/// Knows most canonical messages at sight, without making them and writing them again: each field once and in the order
/// of numbers, each number in its shortest spelling, nothing said that is also meant by silence, text in ASCII. Such
/// bytes are canonical (P-3) and their lengths sound; of others it says nothing. Only that the answer "certain" is
/// right matters for agreement.
/// </summary>
internal static class PlainEncoding
{
    /// <summary>A number of 64 bits has at most ten bytes of seven, of which the last one holds a single bit.</summary>
    private const int LastShift = 63;

    /// <summary>Whether bytes are for certain what writing the message they hold would give.</summary>
    internal static bool IsCertain(WireTable table, ReadOnlySpan<byte> bytes) =>
        IsCertain(table, bytes, WireLengths.DepthMax);

    private static bool IsCertain(WireTable table, ReadOnlySpan<byte> bytes, int depthLeft)
    {
        if (depthLeft == 0)
        {
            return false;
        }

        ulong last = 0;
        ulong alternatives = 0;
        int at = 0;
        while (at < bytes.Length)
        {
            if (!TryShortest(bytes, ref at, out ulong tag)
                || table.FieldOf(tag >> 3) is not { } field
                || !Follows(field, tag, last, ref alternatives)
                || !TryShortest(bytes, ref at, out ulong number))
            {
                return false;
            }

            last = tag >> 3;
            if (field.Wire == WireField.VarintWire)
            {
                if (number == 0 || number > field.LargestPlain)
                {
                    return false;
                }
            }
            else if (number > (ulong)(bytes.Length - at) || !IsPlain(field, bytes.Slice(at, (int)number), depthLeft))
            {
                return false;
            }
            else
            {
                at += (int)number;
            }
        }

        return true;
    }

    private static bool Follows(WireField field, ulong tag, ulong last, ref ulong alternatives)
    {
        bool isTaken = (alternatives & field.Alternative) != 0;
        alternatives |= field.Alternative;
        ulong number = tag >> 3;
        return !isTaken
            && (int)(tag & 7) == field.Wire
            && (number > last || (number == last && field.IsRepeated));
    }

    private static bool IsPlain(WireField field, ReadOnlySpan<byte> content, int depthLeft)
    {
        if (field.Inner is { } inner)
        {
            return IsCertain(inner, content, depthLeft - 1);
        }

        return !field.IsPacked
            && (content.Length > 0 || field.IsRepeated)
            && (!field.IsText || Ascii.IsValid(content));
    }

    // A number whose last byte is zero has a shorter spelling.
    private static bool TryShortest(ReadOnlySpan<byte> bytes, ref int at, out ulong number)
    {
        number = 0;
        for (int shift = 0; shift <= LastShift && at < bytes.Length; shift += 7)
        {
            byte next = bytes[at++];
            if (shift == LastShift && next > 1)
            {
                return false;
            }

            number |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
            {
                return next > 0 || shift == 0;
            }
        }

        return false;
    }
}
