using Ledger.Client.Features;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Goes through a range and counts the features of each record that is as the ledger committed it and that the right
/// covers; the others it counts by what is wrong with them.
/// </summary>
public sealed class FeatureScan(IRecordSource source)
{
    /// <summary>Records that the store is asked for at once: a campus's own one answers them side by side.</summary>
    private const int PortionMax = 64;

    /// <summary>
    /// Counts a writer's records; the store is not asked for what was erased.
    /// </summary>
    /// <param name="writer">Who wrote them, and what the reader may have of them.</param>
    /// <param name="leaves">The places of the range, in order.</param>
    /// <param name="range">Takes what became of each place.</param>
    /// <param name="counter">Takes what the counted records say.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task CountAsync(
        WriterPermit writer,
        IReadOnlyList<IRangeLeaf> leaves,
        FeatureRange range,
        FeatureCounter counter,
        CancellationToken cancellation)
    {
        foreach (RecordLeaf[] portion in leaves.OfType<RecordLeaf>().Chunk(PortionMax))
        {
            IReadOnlyList<KeptRecord?> found = await source.FindAsync(
                writer.Writer, [.. portion.Select(static leaf => leaf.Locator)], cancellation);
            foreach ((RecordLeaf leaf, KeptRecord? record) in portion.Zip(found))
            {
                if (record is null)
                {
                    range.Unavailable++;
                }
                else
                {
                    Count(writer.Permit, leaf, record, range, counter);
                }
            }
        }
    }

    private static void Count(
        ReadPermit permit, RecordLeaf leaf, KeptRecord record, FeatureRange range, FeatureCounter counter)
    {
        if (KeptCommitment.Of(record) != new Hash256(leaf.Commitment.Span))
        {
            range.Mismatched++;
        }
        else if (!permit.Covers(record))
        {
            range.Withheld++;
        }
        else
        {
            counter.Add(record.Type, record.Committed.Span);
            range.Counted++;
        }
    }
}
