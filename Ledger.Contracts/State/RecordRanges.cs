using System.Numerics;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// A Merkle mountain range: perfect trees whose sizes are the powers of two in the count, the largest first. Appending
/// takes one hash on average, however long the range. Rule T-4 of the protocol.
/// </summary>
public static class RecordRanges
{
    /// <summary>Appends a leaf to the range, which is changed in place.</summary>
    public static void Append(RecordRange range, Hash256 leaf, ulong height)
    {
        GrowingRange growing = new(range, stackalloc Hash256[GrowingRange.PeaksMax]);
        growing.Append(leaf, height);
        range.Count = growing.Count;
        range.LastHeight = height;
        range.Peaks.Clear();
        foreach (Hash256 peak in growing.Peaks)
        {
            range.Peaks.Add(peak.ToField());
        }
    }

    /// <summary>
    /// Proves the leaf at <paramref name="index"/>; the list holds every leaf of the range, in order.
    /// </summary>
    public static RangeProof Prove(IReadOnlyList<Hash256> leaves, ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, (ulong)leaves.Count);
        (ulong start, int levels) = MountainOf(index, (ulong)leaves.Count);
        RangeProof proof = new() { Index = index };
        for (int level = 0; level < levels; level++)
        {
            ulong sibling = ((index - start) >> level) ^ 1;
            Hash256 hash = Mountain(leaves, start + (sibling << level), level);
            proof.Path.Add(ByteString.CopyFrom(hash.ToArray()));
        }

        return proof;
    }

    /// <summary>Whether the leaf stands at the proof's index of the range with this value.</summary>
    public static bool Verify(RecordRange range, Hash256 leaf, RangeProof proof)
    {
        if (proof.Index >= range.Count || range.Peaks.Count != BitOperations.PopCount(range.Count))
        {
            return false;
        }

        (ulong start, int levels) = MountainOf(proof.Index, range.Count);
        if (proof.Path.Count != levels)
        {
            return false;
        }

        Hash256 top = leaf;
        for (int level = 0; level < levels; level++)
        {
            if (!Hash256.TryRead(proof.Path[level].Span, out Hash256 sibling))
            {
                return false;
            }

            bool right = (((proof.Index - start) >> level) & 1) != 0;
            top = right ? Node(sibling, top) : Node(top, sibling);
        }

        // The peaks before this one are the powers of two of the count above its own.
        int peak = BitOperations.PopCount(range.Count >> levels >> 1);
        return Hash256.TryRead(range.Peaks[peak].Span, out Hash256 expected) && expected == top;
    }

    /// <summary>H(RangeNode tag, left, right).</summary>
    public static Hash256 Node(in Hash256 left, in Hash256 right) => TaggedHash.Of(Tags.RangeNode, left, right);

    /// <summary>How many levels stand above a leaf in its mountain: the length of its path.</summary>
    internal static int LevelsAbove(ulong index, ulong count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        return MountainOf(index, count).Levels;
    }

    private static (ulong Start, int Levels) MountainOf(ulong index, ulong count)
    {
        ulong start = 0;
        for (int level = BitOperations.Log2(count); level > 0; level--)
        {
            ulong size = count & (1UL << level);
            if (size != 0 && index - start < size)
            {
                return (start, level);
            }

            start += size;
        }

        return (start, 0);
    }

    private static Hash256 Mountain(IReadOnlyList<Hash256> leaves, ulong start, int level)
    {
        if (level == 0)
        {
            return leaves[checked((int)start)];
        }

        ulong half = 1UL << (level - 1);
        return Node(Mountain(leaves, start, level - 1), Mountain(leaves, start + half, level - 1));
    }
}
