using System.Buffers.Binary;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Payload;

/// <summary>What is drawn at random: a hash of seed and number, so that it is the same on every machine.</summary>
public static class Draws
{
    private static readonly byte[] Tag = "bench/draw"u8.ToArray();

    /// <summary>The 32 bytes of a number's place.</summary>
    public static byte[] Bytes(ulong seed, ulong number, int place)
    {
        byte[] input = new byte[sizeof(ulong) + sizeof(ulong) + sizeof(int)];
        BinaryPrimitives.WriteUInt64BigEndian(input, seed);
        BinaryPrimitives.WriteUInt64BigEndian(input.AsSpan(sizeof(ulong)), number);
        BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(2 * sizeof(ulong)), place);
        return TaggedHash.Of(Tag, input).ToArray();
    }

    /// <summary>A whole number below a bound, from the eight drawn bytes at an offset.</summary>
    public static int Below(byte[] drawn, int at, int bound) =>
        (int)Math.BigMul(BinaryPrimitives.ReadUInt64BigEndian(drawn.AsSpan(at)), (ulong)bound, out _);
}
