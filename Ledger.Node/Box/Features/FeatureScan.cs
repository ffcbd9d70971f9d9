using Ledger.Client.Corrections;
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
        List<CountedRecord> counted = [];
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
                    Take(writer.Permit, leaf, record, range, counted);
                }
            }
        }

        Count(counted, writer.Permit.Limits.Count > 0, range, counter);
    }

    private static void Take(
        ReadPermit permit, RecordLeaf leaf, KeptRecord record, FeatureRange range, List<CountedRecord> counted)
    {
        if (KeptCommitment.Of(record) != new Hash256(leaf.Commitment.Span))
        {
            range.Mismatched++;
            return;
        }

        counted.Add(new CountedRecord(
            RecordCorrection.Of(record.Type, leaf.Index, record.Committed.Span),
            permit.Covers(record) ? RecordTraitsReader.Read(record.Type, record.Committed.Span) : null));
    }

    // Of several words the last one counts, also where limits do not cover it: then none does. That an earlier one is
    // corrected a reader with limits is not told.
    private static void Count(
        List<CountedRecord> counted, bool hasLimits, FeatureRange range, FeatureCounter counter)
    {
        IReadOnlyDictionary<ulong, ulong> superseded = Supersessions.Of(counted.Select(static one => one.Word));
        foreach (CountedRecord one in counted)
        {
            bool isEarlier = superseded.ContainsKey(one.Word.Index);
            if (one.Traits is null || (isEarlier && hasLimits))
            {
                range.Withheld++;
            }
            else if (isEarlier)
            {
                range.Superseded++;
            }
            else
            {
                counter.Add(one.Traits);
                range.Counted++;
            }
        }
    }

    // What a record says for features; null where limits do not cover it.
    private sealed record CountedRecord(RecordWord Word, RecordTraits? Traits);
}
