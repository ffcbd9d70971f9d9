using System.Buffers;

namespace Ledger.Fuzz;

/// <summary>A part of bytes that came in several.</summary>
internal sealed class Pieces : ReadOnlySequenceSegment<byte>
{
    private Pieces(ReadOnlyMemory<byte> memory, long before)
    {
        Memory = memory;
        RunningIndex = before;
    }

    /// <summary>The bytes in parts of this length.</summary>
    public static ReadOnlySequence<byte> Of(byte[] bytes, int pieceBytes)
    {
        Pieces first = new(bytes.AsMemory(0, Math.Min(pieceBytes, bytes.Length)), 0);
        Pieces last = first;
        for (int at = pieceBytes; at < bytes.Length; at += pieceBytes)
        {
            Pieces next = new(bytes.AsMemory(at, Math.Min(pieceBytes, bytes.Length - at)), at);
            last.Next = next;
            last = next;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
