using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Load;

/// <summary>What the samples of a window say.</summary>
/// <param name="Operations">Operations whose answers came in the window.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Refused">Operations that found no room.</param>
/// <param name="Seconds">Length of the window.</param>
/// <param name="LatencyMs">
/// Of the operations that were meant to begin in the window, those whose answer came after it too: what is slow is not
/// left out because the window ended.
/// </param>
public sealed record LoadMeasure(long Operations, long Records, long Refused, double Seconds, LatencyMs LatencyMs)
{
    /// <summary>Operations a second.</summary>
    public double OperationsPerS => Seconds > 0 ? Operations / Seconds : 0;

    /// <summary>Records a second.</summary>
    public double RecordsPerS => Seconds > 0 ? Records / Seconds : 0;

    /// <summary>Counts the samples of a window.</summary>
    public static LoadMeasure Of(IEnumerable<LoadSample> samples, LoadWindow window)
    {
        LatencyHistogram latencies = new();
        long operations = 0;
        long records = 0;
        long refused = 0;
        foreach (LoadSample sample in samples)
        {
            bool isWithin = window.Holds(sample.Completed);
            if (sample.IsRefused)
            {
                refused += isWithin ? 1 : 0;
                continue;
            }

            if (isWithin)
            {
                operations++;
                records += sample.Records;
            }

            if (window.Holds(sample.Intended))
            {
                latencies.Add(sample.Completed - sample.Intended);
            }
        }

        return new LoadMeasure(operations, records, refused, window.Seconds, latencies.Figures());
    }
}
