namespace Ledger.Parts.State;

/// <summary>What one round measured at one size.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Size">Records that were filled in.</param>
/// <param name="Records">Records on the ledger at the round's begin.</param>
/// <param name="ApplyUs">Median of its blocks: applying and making the batch, for a record.</param>
/// <param name="CommitUs">Median: until the batch is on disk.</param>
/// <param name="CpuUs">Mean: processor time of the process.</param>
/// <param name="LocatorUs">Look-ups of locators in the store.</param>
/// <param name="StateUs">Look-ups of the state, with proof.</param>
public sealed record StateRound(
    int Round, long Size, long Records, double ApplyUs, double CommitUs, double CpuUs, LookupTimes LocatorUs,
    LookupTimes StateUs)
{
    /// <summary>Measures.</summary>
    internal static StateRound Of(int round, long size, StoredLedger ledger, int blocks, int lookups)
    {
        long records = ledger.Records;
        CommittedBlock[] committed = [.. Enumerable.Range(0, blocks).Select(_ => ledger.Commit())];
        return new StateRound(
            round, size, records, Median(committed, block => block.ApplyUs), Median(committed, block => block.CommitUs),
            committed.Average(block => block.CpuUs), ledger.FindRecords(lookups), ledger.ProveRanges(lookups));
    }

    private static double Median(CommittedBlock[] blocks, Func<CommittedBlock, double> figure) =>
        blocks.Select(figure).Order().ElementAt(blocks.Length / 2);
}
