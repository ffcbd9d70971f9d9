using Ledger.Benchmarks.Results;
using Ledger.Parts.State;

namespace Ledger.Benchmarks.State;

/// <summary>What was measured at one size: medians over the rounds, with intervals, in microseconds.</summary>
/// <param name="Records">Records that were filled in.</param>
/// <param name="RecordsAtEnd">Records on the ledger when the last round began: each round adds its blocks.</param>
/// <param name="ApplyUs">Applying a record and making the store's batch.</param>
/// <param name="CommitUs">Until the batch is on disk.</param>
/// <param name="ApplyCommitUs">Both.</param>
/// <param name="CpuUs">Processor time of the process for a record, what the store does beside included.</param>
/// <param name="LocatorP50Us">Median look-up of a locator in the store.</param>
/// <param name="LocatorP99Us">99th percentile of those.</param>
/// <param name="StateP50Us">Median look-up of a range in the state, with its proof.</param>
/// <param name="StateP99Us">99th percentile of those.</param>
/// <param name="StoreMb">The store's files.</param>
/// <param name="FillS">Seconds that the size took to fill in.</param>
/// <param name="RatioCpu">Processor time over that of the first size, the median of the rounds' ratios.</param>
/// <param name="RatioApplyCommit">Both over those of the first size, the median of the rounds' ratios.</param>
/// <param name="RatioLocatorP99">Likewise.</param>
/// <param name="RatioStateP99">Likewise.</param>
public sealed record StatePoint(
    long Records,
    long RecordsAtEnd,
    MedianInterval ApplyUs,
    MedianInterval CommitUs,
    MedianInterval ApplyCommitUs,
    MedianInterval CpuUs,
    MedianInterval LocatorP50Us,
    MedianInterval LocatorP99Us,
    MedianInterval StateP50Us,
    MedianInterval StateP99Us,
    double StoreMb,
    double FillS,
    MedianInterval RatioCpu,
    MedianInterval RatioApplyCommit,
    MedianInterval RatioLocatorP99,
    MedianInterval RatioStateP99)
{
    private const double Mega = 1024 * 1024;

    /// <summary>The points of each size that has a round, in the order of the sizes.</summary>
    public static IReadOnlyList<StatePoint> Of(StateRows rows)
    {
        StateRound[][] sizes = [.. rows.Rounds.GroupBy(round => round.Size).Select(size => size.ToArray())];
        return [.. sizes.Select((rounds, place) => Of(
            rounds, sizes[0], rows.StoreBytes[place] / Mega, rows.FillSeconds[place]))];
    }

    private static StatePoint Of(StateRound[] rounds, StateRound[] first, double storeMb, double fillS)
    {
        MedianInterval Figure(Func<StateRound, double> of) => MedianInterval.Of(rounds.Select(of)).Rounded();
        MedianInterval Ratio(Func<StateRound, double> of) =>
            MedianInterval.Of(rounds.Zip(first, (one, other) => of(one) / of(other))).Rounded();
        return new StatePoint(
            rounds[0].Size, rounds[^1].Records,
            Figure(round => round.ApplyUs), Figure(round => round.CommitUs),
            Figure(round => round.ApplyUs + round.CommitUs), Figure(round => round.CpuUs),
            Figure(round => round.LocatorUs.P50), Figure(round => round.LocatorUs.P99),
            Figure(round => round.StateUs.P50), Figure(round => round.StateUs.P99),
            Math.Round(storeMb, 1), Math.Round(fillS, 1),
            Ratio(round => round.CpuUs), Ratio(round => round.ApplyUs + round.CommitUs),
            Ratio(round => round.LocatorUs.P99), Ratio(round => round.StateUs.P99));
    }
}
