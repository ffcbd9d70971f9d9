using System.Diagnostics;
using HdrHistogram;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Load;

/// <summary>Latencies with three digits each, from a microsecond to an hour.</summary>
public sealed class LatencyHistogram
{
    /// <summary>What takes longer is counted as this; a transaction has expired long before.</summary>
    private const long MicrosecondsMax = 3_600_000_000;

    private const int Digits = 3;

    private readonly LongHistogram histogram = new(MicrosecondsMax, Digits);

    /// <summary>How many were taken in.</summary>
    public long Count => histogram.TotalCount;

    /// <summary>The figures of spans of the monotonic clock.</summary>
    public static LatencyMs FiguresOf(IEnumerable<long> spans)
    {
        LatencyHistogram histogram = new();
        foreach (long span in spans)
        {
            histogram.Add(span);
        }

        return histogram.Figures();
    }

    /// <summary>Takes in a span of the monotonic clock.</summary>
    public void Add(long ticks) =>
        histogram.RecordValue(Math.Clamp((long)(ticks * 1e6 / Stopwatch.Frequency), 1, MicrosecondsMax));

    /// <summary>Median, tails and maximum, in milliseconds; all 0 where there is nothing.</summary>
    public LatencyMs Figures() => new(At(50), At(95), At(99), At(100));

    private double At(double percentile) =>
        Count == 0 ? 0 : Math.Round(histogram.GetValueAtPercentile(percentile) / 1000.0, 3);
}
