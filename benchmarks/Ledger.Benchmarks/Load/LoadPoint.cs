using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Load;

/// <summary>What was measured at one number of clients: medians over the rounds, with intervals.</summary>
public sealed record LoadPoint
{
    /// <summary>Beyond these digits a figure is noise.</summary>
    private const int Decimals = 4;

    /// <summary>Validators.</summary>
    public required int Validators { get; init; }

    /// <summary>Clients.</summary>
    public required int Clients { get; init; }

    /// <summary>Records of a transaction.</summary>
    public required int Batch { get; init; }

    /// <summary>leader, follower or all.</summary>
    public required string At { get; init; }

    /// <summary>The offered rate of an open loop; null for a closed one.</summary>
    public required double? OfferedTxPerS { get; init; }

    /// <summary>As in <see cref="LoadFigures"/>, as all that follow.</summary>
    public required double TxPerS { get; init; }

    /// <summary>Records a second.</summary>
    public required double RecordsPerS { get; init; }

    /// <summary>Medians of the rounds' percentiles; the maximum is that of all rounds.</summary>
    public required LatencyMs LatencyMs { get; init; }

    /// <summary>Processor time of all validators for a transaction.</summary>
    public required double CpuMsPerTx { get; init; }

    /// <summary>One verification.</summary>
    public required double VerifyUs { get; init; }

    /// <summary>Resident memory of the largest validator.</summary>
    public required double RssMb { get; init; }

    /// <summary>L(n).</summary>
    public required double LimitTxPerS { get; init; }

    /// <summary>Share of L(n).</summary>
    public required double ShareOfLimit { get; init; }

    /// <summary>An append with fdatasync.</summary>
    public required double FdatasyncMsP50 { get; init; }

    /// <summary>Syncs of one node for one block.</summary>
    public required double SyncsPerBlock { get; init; }

    /// <summary>How many rounds were measured.</summary>
    public required int Rounds { get; init; }

    /// <summary>Transactions of a block.</summary>
    public required double TxPerBlock { get; init; }

    /// <summary>Share of the processors that the load generator had.</summary>
    public required double ClientCpuShare { get; init; }

    /// <summary>Share that others had.</summary>
    public required double ElsewhereCpuShare { get; init; }

    /// <summary>Transactions without room, in all rounds.</summary>
    public required long Refused { get; init; }

    /// <summary>The longest standstill of the load generator in a round: one of a second or more spoils it.</summary>
    public required double StandstillMs { get; init; }

    /// <summary>Intervals of the medians, by the figure's name.</summary>
    public required IReadOnlyDictionary<string, MedianInterval> Intervals { get; init; }

    /// <summary>The rounds.</summary>
    public required IReadOnlyList<LoadFigures> EachRound { get; init; }

    /// <summary>Medians over rounds, of which there is at least one.</summary>
    public static LoadPoint Of(LoadOptions options, int clients, IReadOnlyList<LoadFigures> rounds)
    {
        double Median(Func<LoadFigures, double> figure) =>
            Math.Round(MedianInterval.Of(rounds.Select(figure)).Median, Decimals);
        return new LoadPoint
        {
            Validators = options.Validators,
            Clients = clients,
            Batch = options.Batch,
            At = options.At.ToString().ToLowerInvariant(),
            OfferedTxPerS = options.RatePerS,
            TxPerS = Median(round => round.TxPerS),
            RecordsPerS = Median(round => round.RecordsPerS),
            LatencyMs = new LatencyMs(
                Median(round => round.LatencyMs.P50), Median(round => round.LatencyMs.P95),
                Median(round => round.LatencyMs.P99), rounds.Max(round => round.LatencyMs.Max)),
            CpuMsPerTx = Median(round => round.CpuMsPerTx),
            VerifyUs = Median(round => round.VerifyUs),
            RssMb = rounds.Max(round => round.RssMb),
            LimitTxPerS = Median(round => round.LimitTxPerS),
            ShareOfLimit = Median(round => round.ShareOfLimit),
            FdatasyncMsP50 = Median(round => round.FdatasyncMsP50),
            SyncsPerBlock = Median(round => round.SyncsPerBlock),
            Rounds = rounds.Count,
            TxPerBlock = Median(round => round.TxPerBlock),
            ClientCpuShare = Median(round => round.ClientCpuShare),
            ElsewhereCpuShare = Median(round => round.ElsewhereCpuShare),
            Refused = rounds.Sum(round => round.Refused),
            StandstillMs = rounds.Max(round => round.StandstillMs),
            Intervals = new Dictionary<string, MedianInterval>(StringComparer.Ordinal)
            {
                ["tx_per_s"] = MedianInterval.Of(rounds.Select(round => round.TxPerS)),
                ["records_per_s"] = MedianInterval.Of(rounds.Select(round => round.RecordsPerS)),
                ["latency_ms_p50"] = MedianInterval.Of(rounds.Select(round => round.LatencyMs.P50)),
                ["latency_ms_p99"] = MedianInterval.Of(rounds.Select(round => round.LatencyMs.P99)),
                ["cpu_ms_per_tx"] = MedianInterval.Of(rounds.Select(round => round.CpuMsPerTx)),
                ["share_of_limit"] = MedianInterval.Of(rounds.Select(round => round.ShareOfLimit)),
            },
            EachRound = rounds,
        };
    }
}
