using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Load;

/// <summary>What was measured at one number of clients: medians over the rounds, with intervals.</summary>
public sealed record LoadPoint
{
    /// <summary>What every run has.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Records of a transaction.</summary>
    public required int Batch { get; init; }

    /// <summary>leader, follower or all.</summary>
    public required string At { get; init; }

    /// <summary>The offered rate of an open loop; null for a closed one.</summary>
    public required double? OfferedTxPerS { get; init; }

    /// <summary>Transactions of a block.</summary>
    public required double TxPerBlock { get; init; }

    /// <summary>Transactions without room, in all rounds.</summary>
    public required long Refused { get; init; }

    /// <summary>The longest standstill of the load generator in a round: one of a second or more spoils it.</summary>
    public required double StandstillMs { get; init; }

    /// <summary>Intervals of the medians, by the figure's name.</summary>
    public required IReadOnlyDictionary<string, MedianInterval> Intervals { get; init; }

    /// <summary>The rounds.</summary>
    public required IReadOnlyList<LoadFigures> EachRound { get; init; }

    /// <summary>Medians over rounds, of which there is at least one.</summary>
    /// <param name="shape">What the clients were asked to do.</param>
    /// <param name="rounds">The rounds.</param>
    public static LoadPoint Of(LoadShape shape, IReadOnlyList<LoadFigures> rounds)
    {
        MedianInterval Interval(Func<RunFigures, double> figure) =>
            MedianInterval.Of(rounds.Select(round => figure(round.Run)));
        return new LoadPoint
        {
            Run = RunFigures.MediansOf([.. rounds.Select(round => round.Run)]),
            Batch = shape.Batch,
            At = shape.At.ToString().ToLowerInvariant(),
            OfferedTxPerS = shape.OfferedTxPerS,
            TxPerBlock = MedianInterval.MedianOf(rounds, round => round.TxPerBlock),
            Refused = rounds.Sum(round => round.Refused),
            StandstillMs = rounds.Max(round => round.StandstillMs),
            Intervals = new Dictionary<string, MedianInterval>(StringComparer.Ordinal)
            {
                ["tx_per_s"] = Interval(run => run.TxPerS),
                ["records_per_s"] = Interval(run => run.RecordsPerS),
                ["latency_ms_p50"] = Interval(run => run.LatencyMs.P50),
                ["latency_ms_p99"] = Interval(run => run.LatencyMs.P99),
                ["cpu_ms_per_tx"] = Interval(run => run.CpuMsPerTx),
                ["share_of_limit"] = Interval(run => run.ShareOfLimit!.Value),
            },
            EachRound = rounds,
        };
    }
}
