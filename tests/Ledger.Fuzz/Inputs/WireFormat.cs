namespace Ledger.Fuzz;

/// <summary>Reads and writes protobuf's wire format without a schema.</summary>
internal static class WireFormat
{
    public const int VarintWire = 0;
    public const int EightBytesWire = 1;
    public const int LengthWire = 2;
    public const int StartGroupWire = 3;
    public const int FourBytesWire = 5;

    /// <summary>The fields of a message, or null when the bytes are none.</summary>
    public static List<WireField>? Read(ReadOnlySpan<byte> bytes)
    {
        List<WireField> fields = [];
        int at = 0;
        while (at < bytes.Length)
        {
            int start = at;
            if (!TryVarint(bytes, ref at, out ulong tag))
            {
                return null;
            }

            int content = at;
            ulong length = 0;
            switch ((int)(tag & 7))
            {
                case VarintWire when TryVarint(bytes, ref at, out _):
                    break;
                case EightBytesWire:
                    length = sizeof(ulong);
                    break;
                case LengthWire when TryVarint(bytes, ref at, out length):
                    content = at;
                    break;
                case FourBytesWire:
                    length = sizeof(uint);
                    break;
                default:
                    return null;
            }

            if (tag < 8 || length > (ulong)(bytes.Length - at))
            {
                return null;
            }

            at += (int)length;
            fields.Add(new WireField(tag >> 3, (int)(tag & 7), start, content, at));
        }

        return fields;
    }

    /// <summary>A number in seven bits a byte, the shortest way.</summary>
    public static byte[] Varint(ulong number)
    {
        List<byte> bytes = [];
        while (number >= 0x80)
        {
            bytes.Add((byte)(number & 0x7F | 0x80));
            number >>= 7;
        }

        bytes.Add((byte)number);
        return [.. bytes];
    }

    /// <summary>A field with bytes as its value.</summary>
    public static byte[] LengthField(ulong number, ReadOnlySpan<byte> content) =>
        [.. Varint(number << 3 | LengthWire), .. Varint((ulong)content.Length), .. content];

    private static bool TryVarint(ReadOnlySpan<byte> bytes, ref int at, out ulong number)
    {
        number = 0;
        for (int shift = 0; shift < 64 && at < bytes.Length; shift += 7)
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
