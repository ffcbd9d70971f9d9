using System.Numerics;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// Replaces leaves of a mountain range by what is shown beside them: the roots, from left to right, of the greatest
/// trees without any of the leaves, in the mountains that have one. Each tree above is hashed as it was and as it is,
/// so that a wrong leaf or a wrong root shows at the peak. Rule T-4 of the protocol.
/// </summary>
internal sealed class LeafReplacement(IReadOnlyList<ReplacedLeaf> leaves, IReadOnlyList<ByteString> path)
{
    private int leaf;
    private int step;
    private bool isShort;

    /// <summary>
    /// Replaces them in the peaks of a range with so many leaves; false, and the peaks are as they were, where what
    /// stands there is something else.
    /// </summary>
    public bool TryApply(ulong count, Span<Hash256> peaks)
    {
        Span<Hash256> changed = stackalloc Hash256[GrowingRange.PeaksMax];
        peaks.CopyTo(changed);
        ulong start = 0;
        for (int peak = 0; peak < peaks.Length; peak++)
        {
            int level = BitOperations.Log2(count - start);
            if (IsIn(start, level))
            {
                (Hash256 before, Hash256 after) = Fold(start, level);
                if (isShort || before != peaks[peak])
                {
                    return false;
                }

                changed[peak] = after;
            }

            start += 1UL << level;
        }

        if (leaf < leaves.Count || step < path.Count)
        {
            return false;
        }

        changed[..peaks.Length].CopyTo(peaks);
        return true;
    }

    /// <summary>What must be shown for the leaves at these places, in ascending order.</summary>
    /// <param name="count">How many leaves the range has.</param>
    /// <param name="indexes">The places.</param>
    /// <param name="rootOf">The root of the tree that begins at a leaf and has so many levels above it.</param>
    public static IEnumerable<Hash256> PathOf(
        ulong count, IReadOnlyList<ulong> indexes, Func<ulong, int, Hash256> rootOf)
    {
        List<Hash256> path = [];
        for (ulong start = 0; start < count;)
        {
            int level = BitOperations.Log2(count - start);
            if (HasAny(indexes, start, level))
            {
                Show(start, level);
            }

            start += 1UL << level;
        }

        return path;

        void Show(ulong start, int level)
        {
            if (!HasAny(indexes, start, level))
            {
                path.Add(rootOf(start, level));
            }
            else if (level > 0)
            {
                Show(start, level - 1);
                Show(start + (1UL << (level - 1)), level - 1);
            }
        }
    }

    private static bool HasAny(IReadOnlyList<ulong> indexes, ulong start, int level)
    {
        (int low, int high) = (0, indexes.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = indexes[middle] < start ? (middle + 1, high) : (low, middle);
        }

        return low < indexes.Count && indexes[low] - start < 1UL << level;
    }

    private bool IsIn(ulong start, int level) =>
        leaf < leaves.Count && leaves[leaf].Index >= start && leaves[leaf].Index - start < 1UL << level;

    private (Hash256 Before, Hash256 After) Fold(ulong start, int level)
    {
        if (!IsIn(start, level))
        {
            if (step == path.Count || !Hash256.TryRead(path[step].Span, out Hash256 shown))
            {
                isShort = true;
                return default;
            }

            step++;
            return (shown, shown);
        }

        if (level == 0)
        {
            ReplacedLeaf replaced = leaves[leaf++];
            return (replaced.Before, replaced.After);
        }

        (Hash256 leftBefore, Hash256 leftAfter) = Fold(start, level - 1);
        (Hash256 rightBefore, Hash256 rightAfter) = Fold(start + (1UL << (level - 1)), level - 1);
        return (
            RecordRanges.Node(leftBefore, rightBefore),
            RecordRanges.Node(leftAfter, rightAfter));
    }
}
