using System.Buffers.Binary;

namespace Ledger.Fuzz;

/// <summary>Mutations that know no structure.</summary>
internal static class ByteMutations
{
    private const int PieceMax = 64;
    private static readonly byte[] EdgeBytes = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, 0x20, 0x0A];
    private static readonly ulong[] EdgeNumbers =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFE, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    /// <summary>A number at which something overflows or turns negative, or any other.</summary>
    public static ulong EdgeNumber(FuzzRandom random) =>
        random.OneIn(4) ? random.Next() >> random.Below(64) : random.Pick(EdgeNumbers);

    public static byte[] Mutate(byte[] input, byte[] other, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return random.Bytes(1 + random.Skewed(PieceMax));
        }

        int at = random.Below(input.Length);
        int end = Math.Min(input.Length, at + 1 + random.Skewed(PieceMax));
        return random.Below(11) switch
        {
            0 => With(input, bytes => bytes[at] ^= (byte)(1 << random.Below(8))),
            1 => With(input, bytes => bytes[at] = random.Pick(EdgeBytes)),
            2 => With(input, bytes => bytes[at] = unchecked((byte)random.Next())),
            3 => [.. input[..at], .. random.Bytes(1 + random.Skewed(PieceMax)), .. input[at..]],
            4 => [.. input[..at], .. input[end..]],
            5 => [.. input[..end], .. input[at..]],
            6 => With(input, bytes => PutNumber(bytes.AsSpan(at), random)),
            7 => [.. input[..at], .. Tail(other, random)],
            8 => [.. input[..at], .. Enumerable.Repeat(random.Pick(EdgeBytes), random.Skewed(4096)), .. input[at..]],
            9 => input[..at],
            _ => With(input, bytes => bytes.AsSpan(at, end - at).Reverse()),
        };
    }

    private static byte[] Tail(byte[] other, FuzzRandom random) =>
        other.Length == 0 ? [] : other[random.Below(other.Length)..];

    private static byte[] With(byte[] input, Action<byte[]> change)
    {
        byte[] changed = [.. input];
        change(changed);
        return changed;
    }

    // Lengths and counts stand in 2, 4 or 8 bytes of either order.
    private static void PutNumber(Span<byte> place, FuzzRandom random)
    {
        ulong number = EdgeNumber(random);
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        Span<byte> used = bytes[(sizeof(ulong) - (2 << random.Below(3)))..];
        if (random.OneIn(2))
        {
            used.Reverse();
        }

        used[..Math.Min(used.Length, place.Length)].CopyTo(place);
    }
}
