using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Soak;

/// <summary>How the last third of a run differs from the first, by medians of its windows.</summary>
/// <param name="First">Median of the first third.</param>
/// <param name="Last">Median of the last third.</param>
/// <param name="Ratio">Last over first.</param>
public sealed record Drift(double First, double Last, double Ratio)
{
    private const int Parts = 3;

    /// <summary>Fewer windows have no thirds to compare.</summary>
    public const int WindowsMin = Parts;

    /// <summary>Of figures in the order of time, or null where there are too few.</summary>
    public static Drift? Of(IReadOnlyList<double> figures)
    {
        if (figures.Count < WindowsMin)
        {
            return null;
        }

        int part = figures.Count / Parts;
        double first = Math.Round(MedianInterval.Of(figures.Take(part)).Median, 4);
        double last = Math.Round(MedianInterval.Of(figures.TakeLast(part)).Median, 4);
        return new Drift(first, last, first > 0 ? Math.Round(last / first, 4) : 0);
    }
}
