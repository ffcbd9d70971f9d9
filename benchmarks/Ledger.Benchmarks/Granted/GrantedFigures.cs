using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Granted;

/// <summary>One round of granted reads.</summary>
public sealed record GrantedFigures
{
    /// <summary>What every run has; a read is the transaction. Its latency has the verification in it.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Records of a read.</summary>
    public required int Records { get; init; }

    /// <summary>The reader's verification of one answer, without a socket.</summary>
    public required LatencyMs VerifyMs { get; init; }

    /// <summary>Records that a reader verifies a second, by the median.</summary>
    public required double VerifiedPerS { get; init; }

    /// <summary>Whether the round was ended early.</summary>
    public required bool Partial { get; init; }

    /// <summary>Puts a round together.</summary>
    /// <param name="clients">Readers.</param>
    /// <param name="records">Records of a read.</param>
    /// <param name="round">The reads.</param>
    /// <param name="verifications">Spans of verifications.</param>
    /// <param name="limits">The host's limits.</param>
    public static GrantedFigures Of(
        int clients, int records, LoadRound<LedgerCounters> round, IEnumerable<long> verifications, HostLimits limits)
    {
        LatencyMs verify = LatencyHistogram.FiguresOf(verifications);
        return new GrantedFigures
        {
            Run = RunFigures.Of(
                clients, LoadMeasure.Of(round.Samples, round.Window), round.Before, round.After, limits),
            Records = records,
            VerifyMs = verify,
            VerifiedPerS = PerS(records, verify),
            Partial = round.IsPartial,
        };
    }

    /// <summary>Medians over rounds, of which there is at least one.</summary>
    public static GrantedFigures MediansOf(IReadOnlyList<GrantedFigures> rounds)
    {
        LatencyMs verify = LatencyMs.MediansOf([.. rounds.Select(static round => round.VerifyMs)]);
        return new GrantedFigures
        {
            Run = RunFigures.MediansOf([.. rounds.Select(static round => round.Run)]),
            Records = rounds[0].Records,
            VerifyMs = verify,
            VerifiedPerS = PerS(rounds[0].Records, verify),
            Partial = rounds.Any(static round => round.Partial),
        };
    }

    private static double PerS(int records, LatencyMs verify) =>
        verify.P50 > 0 ? Math.Round(records * 1_000.0 / verify.P50) : 0;
}
