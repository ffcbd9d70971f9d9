using System.Buffers.Binary;
using Google.Protobuf;

namespace Ledger.Benchmarks.Reads;

/// <summary>
/// Messages as they travel: a byte that says "not compressed", the length in four bytes, the message.
/// </summary>
public static class GrpcFrame
{
    /// <summary>Bytes before the message.</summary>
    public const int PrefixBytes = 1 + sizeof(uint);

    /// <summary>A message in its frame.</summary>
    public static byte[] Of(IMessage message)
    {
        byte[] frame = new byte[PrefixBytes + message.CalculateSize()];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)(frame.Length - PrefixBytes));
        message.WriteTo(frame.AsSpan(PrefixBytes));
        return frame;
    }

    /// <summary>The message of one whole frame.</summary>
    /// <exception cref="BenchmarkException">It is something else.</exception>
    public static ReadOnlyMemory<byte> MessageOf(byte[] frame)
    {
        bool isWhole = frame.Length >= PrefixBytes && frame[0] == 0
            && BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1)) == (uint)(frame.Length - PrefixBytes);
        return isWhole
            ? frame.AsMemory(PrefixBytes)
            : throw new BenchmarkException($"An answer of {frame.Length} bytes is not one whole message.");
    }
}
