using System.Diagnostics;

namespace Ledger.Benchmarks.Replay;

/// <summary>How times are spread, in milliseconds.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">95th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">Maximum.</param>
public sealed record Spread(double Mean, double P50, double P95, double P99, double Max)
{
    /// <summary>The spread of spans of the monotonic clock, by nearest rank.</summary>
    public static Spread Of(IEnumerable<long> ticks)
    {
        double[] sorted = [.. ticks.Select(span => span * 1000.0 / Stopwatch.Frequency).Order()];
        return sorted.Length == 0
            ? throw new BenchmarkException("There is nothing to measure.")
            : new Spread(
                Round(sorted.Average()), Rank(sorted, 0.50), Rank(sorted, 0.95), Rank(sorted, 0.99), Round(sorted[^1]));
    }

    private static double Rank(double[] sorted, double share) =>
        Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]);

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
