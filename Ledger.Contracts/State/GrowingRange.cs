using System.Numerics;
using Google.Protobuf;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// A mountain range that leaves are appended to, in memory that the caller lends. It is read from the bytes of its
/// value and written to them without a message between: a block does so for every insertion. Rule T-4 of the protocol.
/// </summary>
public ref struct GrowingRange
{
    /// <summary>A range of so many peaks has as many leaves as a count can say.</summary>
    public const int PeaksMax = 64;

    private const byte CountTag = (RecordRange.CountFieldNumber << 3) | VarintType;
    private const byte PeakTag = (RecordRange.PeaksFieldNumber << 3) | BytesType;
    private const byte ErasedTag = (RecordRange.ErasedFieldNumber << 3) | VarintType;
    private const byte LastHeightTag = (RecordRange.LastHeightFieldNumber << 3) | VarintType;
    private const int VarintType = 0;
    private const int BytesType = 2;
    private const int PeakBytes = 2 + Hash256.Size;

    private readonly Span<Hash256> peaks;
    private ulong erased;
    private int peakCount;
    private ulong lastHeight;

    /// <summary>Reads the value of a range, as the state holds it; no bytes are an empty range.</summary>
    /// <param name="value">The canonical encoding of a <see cref="RecordRange"/>.</param>
    /// <param name="peaks">Room for <see cref="PeaksAfter"/> peaks.</param>
    public GrowingRange(ReadOnlySpan<byte> value, Span<Hash256> peaks)
    {
        this.peaks = peaks;
        ReadOnlySpan<byte> rest = value;
        Count = Number(ref rest, CountTag);
        for (; !rest.IsEmpty && rest[0] == PeakTag; rest = rest[PeakBytes..])
        {
            Invariant.That(rest[1] == Hash256.Size, "a peak has 32 bytes");
            peaks[peakCount++] = new Hash256(rest[2..PeakBytes]);
        }

        erased = Number(ref rest, ErasedTag);
        lastHeight = Number(ref rest, LastHeightTag);
        Invariant.That(rest.IsEmpty && peakCount == BitOperations.PopCount(Count), "a range's value is canonical");
    }

    /// <summary>Takes a range over from a message.</summary>
    /// <param name="range">The range; it is not changed.</param>
    /// <param name="peaks">Room for <see cref="PeaksMax"/> peaks.</param>
    public GrowingRange(RecordRange range, Span<Hash256> peaks)
    {
        this.peaks = peaks;
        (Count, erased, lastHeight) = (range.Count, range.Erased, range.LastHeight);
        for (; peakCount < range.Peaks.Count; peakCount++)
        {
            peaks[peakCount] = new Hash256(range.Peaks[peakCount].Span);
        }
    }

    /// <summary>How many leaves it has.</summary>
    public ulong Count { get; private set; }

    /// <summary>The peaks from the largest mountain to the smallest.</summary>
    public readonly ReadOnlySpan<Hash256> Peaks => peaks[..peakCount];

    /// <summary>Appends a leaf in the block of a height. Perfect trees of equal size become one.</summary>
    public void Append(Hash256 leaf, ulong height)
    {
        Hash256 carried = leaf;
        for (ulong merged = Count; (merged & 1) != 0; merged >>= 1)
        {
            carried = RecordRanges.Node(peaks[--peakCount], carried);
        }

        peaks[peakCount++] = carried;
        Count++;
        lastHeight = height;
    }

    /// <summary>
    /// Puts tombstones in the place of leaves. False, and nothing is changed, where a leaf does not stand there by what
    /// is shown beside.
    /// </summary>
    /// <param name="leaves">What stands there and what is to, in ascending order of place.</param>
    /// <param name="path">See <see cref="LeafReplacement"/>.</param>
    public bool TryErase(IReadOnlyList<ReplacedLeaf> leaves, IReadOnlyList<ByteString> path)
    {
        if (!new LeafReplacement(leaves, path).TryApply(Count, peaks[..peakCount]))
        {
            return false;
        }

        erased += (ulong)leaves.Count;
        return true;
    }

    /// <summary>The value: the canonical encoding of a <see cref="RecordRange"/>.</summary>
    public readonly byte[] ToValue()
    {
        byte[] bytes = new byte[Length(Count) + (peakCount * PeakBytes) + Length(erased) + Length(lastHeight)];
        int length = Put(bytes, 0, CountTag, Count);
        foreach (ref readonly Hash256 peak in Peaks)
        {
            bytes[length] = PeakTag;
            bytes[length + 1] = Hash256.Size;
            peak.CopyTo(bytes.AsSpan(length + 2));
            length += PeakBytes;
        }

        length = Put(bytes, length, ErasedTag, erased);
        length = Put(bytes, length, LastHeightTag, lastHeight);
        Invariant.That(length == bytes.Length);
        return bytes;
    }

    /// <summary>How many peaks there may be once leaves were appended to a range with this value.</summary>
    public static int PeaksAfter(ReadOnlySpan<byte> value, int leaves) =>
        Math.Min(PeaksMax, (value.Length / PeakBytes) + leaves);

    // Of a tag and seven bits a byte; a number that is 0 is not written.
    private static int Length(ulong number) =>
        number == 0 ? 0 : 1 + ((BitOperations.Log2(number) + 7) / 7);

    private static ulong Number(ref ReadOnlySpan<byte> rest, byte tag)
    {
        if (rest.IsEmpty || rest[0] != tag)
        {
            return 0;
        }

        ulong number = 0;
        int place = 1;
        for (int shift = 0; ; shift += 7)
        {
            byte part = rest[place++];
            number |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                rest = rest[place..];
                return number;
            }
        }
    }

    private static int Put(byte[] bytes, int length, byte tag, ulong number)
    {
        if (number == 0)
        {
            return length;
        }

        bytes[length++] = tag;
        for (ulong rest = number; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes[length++] = (byte)rest;
                return length;
            }

            bytes[length++] = (byte)((rest & 0x7F) | 0x80);
        }
    }
}
