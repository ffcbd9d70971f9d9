using System.Diagnostics;

namespace Ledger.Parts.State;

/// <summary>How long look-ups took, each timed alone, in microseconds.</summary>
/// <param name="P50">Median.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="Max">Maximum.</param>
public sealed record LookupTimes(double P50, double P99, double Max)
{
    /// <summary>Times so many look-ups.</summary>
    public static LookupTimes Of(int count, Action lookUp)
    {
        double[] times = new double[count];
        for (int place = 0; place < count; place++)
        {
            long start = Stopwatch.GetTimestamp();
            lookUp();
            times[place] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return new LookupTimes(times[count / 2], times[count * 99 / 100], times[^1]);
    }
}
