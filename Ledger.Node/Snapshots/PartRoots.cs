using Ledger.Contracts.Protos;
using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// Roots of full parts of ranges. Leaves are added, and records are erased: as long as no more of a range's records are
/// erased, a root once found stays right, and keeping it makes the path of a part cost no reading of the others.
/// </summary>
public sealed class PartRoots(LedgerDatabase database)
{
    private readonly RangeStore ranges = new(database);
    private readonly Lock gate = new();
    private readonly Dictionary<(RangeName Range, ulong Part, ulong Erased), Hash256> known = [];

    /// <summary>
    /// The roots of the full parts of a range as it was at a height; null where records were erased of it since.
    /// </summary>
    public IReadOnlyList<Hash256>? Of(RangeName name, RecordRange range, ulong height)
    {
        Hash256[] roots = new Hash256[range.Count >> SnapshotLimits.PartLevels];
        for (int part = 0; part < roots.Length; part++)
        {
            if (Of((name, (ulong)part, range.Erased), height) is not { } root)
            {
                return null;
            }

            roots[part] = root;
        }

        return roots;
    }

    private Hash256? Of((RangeName Range, ulong Part, ulong Erased) key, ulong height)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out Hash256 found))
            {
                return found;
            }
        }

        if (Leaves(key.Range, key.Part, SnapshotLimits.PartLeavesMax, height) is not { } leaves)
        {
            return null;
        }

        Hash256 root = RecordParts.Root(leaves);
        lock (gate)
        {
            if (known.Count >= ServingLimits.PartRootsMax)
            {
                known.Clear();
            }

            known[key] = root;
        }

        return root;
    }

    /// <summary>
    /// The leaves of a part as they are on disk; null where one was erased after a height, so that they are not those
    /// of that height any more.
    /// </summary>
    public IReadOnlyList<IRangeLeaf>? Leaves(RangeName range, ulong part, int count, ulong height)
    {
        IRangeLeaf[] leaves = [.. ranges.Leaves(range, part << SnapshotLimits.PartLevels).Take(count)];
        Invariant.That(leaves.Length == count, "the leaves of a range are on disk");
        return leaves.OfType<TombstoneLeaf>().Any(tombstone => tombstone.ErasedHeight > height) ? null : leaves;
    }
}
