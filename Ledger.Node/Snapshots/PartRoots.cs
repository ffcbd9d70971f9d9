using Ledger.Contracts.Snapshots;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Snapshots;

/// <summary>
/// Roots of full parts of ranges. Ranges only grow, so that a root once found stays right; keeping it makes the
/// path of a part cost no reading of the others.
/// </summary>
public sealed class PartRoots(LedgerDatabase database)
{
    private readonly RangeStore ranges = new(database);
    private readonly Lock gate = new();
    private readonly Dictionary<(RangeName Range, ulong Part), Hash256> known = [];

    /// <summary>The roots of the first parts of a range.</summary>
    public IReadOnlyList<Hash256> Of(RangeName range, ulong parts)
    {
        Hash256[] roots = new Hash256[parts];
        for (ulong part = 0; part < parts; part++)
        {
            roots[part] = Of((range, part));
        }

        return roots;
    }

    private Hash256 Of((RangeName Range, ulong Part) key)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out Hash256 found))
            {
                return found;
            }
        }

        Hash256 root = RecordParts.Root(Leaves(key.Range, key.Part, SnapshotLimits.PartLeavesMax));
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

    /// <summary>The leaves of a part, as they are on disk.</summary>
    public IReadOnlyList<IRangeLeaf> Leaves(RangeName range, ulong part, int count)
    {
        IRangeLeaf[] leaves = [.. ranges.Leaves(range, part << SnapshotLimits.PartLevels).Take(count)];
        Invariant.That(leaves.Length == count, "the leaves of a range are on disk");
        return leaves;
    }
}
