namespace Ledger.Benchmarks.Results;

/// <summary>How latencies are spread, in milliseconds.</summary>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">Maximum.</param>
public sealed record LatencyMs(double P50, double P95, double P99, double Max);
