namespace Ledger.Benchmarks.Results;

/// <summary>How latencies are spread, in milliseconds.</summary>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">Maximum.</param>
public sealed record LatencyMs(double P50, double P95, double P99, double Max)
{
    /// <summary>Medians of the rounds' percentiles; the maximum is that of all rounds.</summary>
    public static LatencyMs MediansOf(IReadOnlyList<LatencyMs> rounds) => new(
        MedianInterval.MedianOf(rounds, round => round.P50),
        MedianInterval.MedianOf(rounds, round => round.P95),
        MedianInterval.MedianOf(rounds, round => round.P99),
        rounds.Max(round => round.Max));
}
