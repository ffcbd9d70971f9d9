using Google.Protobuf;

namespace Ledger.Primitives;

/// <summary>
/// Looks at the lengths in the bytes of a message before the parser does. The parser adds an inner message's length to
/// its place in 32 bits: beyond 2^31 its limit turns negative, and then it believes every length inside, makes arrays
/// of gigabytes for a request of 22 bytes, and reads past the end. Here nothing is added: each length is compared with
/// what is left of the message around it, so that bytes which pass never bring the parser beyond their end.
/// </summary>
public static class WireLengths
{
    /// <summary>
    /// How deep messages may stand in one another. The deepest schema needs fewer than ten levels; the parser's own
    /// limit is 100, and each level costs stack on the thread that reads.
    /// </summary>
    public const int DepthMax = 32;

    /// <summary>A number of 64 bits has at most ten bytes of seven.</summary>
    private const int LastShift = 63;

    /// <summary>
    /// Whether every length stays within what surrounds it, every field is one of the schema, written as the schema
    /// says, and no group begins. False for whatever else could not be canonical (P-3) for one of these reasons; true
    /// does not yet mean that the bytes are. Allocates nothing.
    /// </summary>
    /// <typeparam name="T">The kind of message.</typeparam>
    public static bool AreSound<T>(ReadOnlySpan<byte> bytes)
        where T : class, IMessage<T>, new() => AreSound(WireTable.For<T>.Value, bytes, DepthMax);

    private static bool AreSound(WireTable table, ReadOnlySpan<byte> bytes, int depthLeft)
    {
        if (depthLeft == 0)
        {
            return false;
        }

        int at = 0;
        while (at < bytes.Length)
        {
            if (!TryNumber(bytes, ref at, out ulong tag))
            {
                return false;
            }

            ulong number = tag >> 3;
            int wire = table.WireOf(number);
            if (wire != (int)(tag & 7) || !TryLength(bytes, wire, ref at, out int length))
            {
                return false;
            }

            if (table.InnerOf(number) is { } inner && !AreSound(inner, bytes.Slice(at, length), depthLeft - 1))
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    // How many bytes the content has from here on; a number is already read over and has none left.
    private static bool TryLength(ReadOnlySpan<byte> bytes, int wire, ref int at, out int length)
    {
        length = 0;
        if (!TryNumber(bytes, ref at, out ulong told))
        {
            return false;
        }

        if (wire == WireField.VarintWire)
        {
            return true;
        }

        if (told > (ulong)(bytes.Length - at))
        {
            return false;
        }

        length = (int)told;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, out ulong number)
    {
        number = 0;
        for (int shift = 0; shift <= LastShift && at < bytes.Length; shift += 7)
        {
            byte next = bytes[at++];
            number |= unchecked((ulong)(next & 0x7F) << shift);
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
