using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Reads;

/// <summary>Reads from a node beside calls of the web server alone, by the same clients and with equal bytes.</summary>
public sealed record ReadComparison
{
    /// <summary>Reads a second from the node: what <see cref="RunFigures.TxPerS"/> says too.</summary>
    public required double ReadsPerS { get; init; }

    /// <summary>Processor time of the node for one.</summary>
    public required double CpuMsPerRead { get; init; }

    /// <summary>Calls a second of the web server.</summary>
    public required double KestrelPerS { get; init; }

    /// <summary>Their latencies.</summary>
    public required LatencyMs KestrelLatencyMs { get; init; }

    /// <summary>Processor time of the web server for one.</summary>
    public required double KestrelCpuMsPerCall { get; init; }

    /// <summary>Reads over calls; of several rounds the median of their ratios.</summary>
    public required double RatioKestrel { get; init; }

    /// <summary>Medians over rounds, of which there is at least one.</summary>
    public static ReadComparison MediansOf(IReadOnlyList<ReadComparison> rounds)
    {
        double Median(Func<ReadComparison, double> figure) => MedianInterval.MedianOf(rounds, figure);
        return new ReadComparison
        {
            ReadsPerS = Median(round => round.ReadsPerS),
            CpuMsPerRead = Median(round => round.CpuMsPerRead),
            KestrelPerS = Median(round => round.KestrelPerS),
            KestrelLatencyMs = LatencyMs.MediansOf([.. rounds.Select(round => round.KestrelLatencyMs)]),
            KestrelCpuMsPerCall = Median(round => round.KestrelCpuMsPerCall),
            RatioKestrel = Median(round => round.RatioKestrel),
        };
    }
}
