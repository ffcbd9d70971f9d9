using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Intake;

/// <summary>The phases of an intake, for people.</summary>
public static class IntakeText
{
    /// <summary>All points.</summary>
    public static void Write(IReadOnlyList<IntakePoint> points) => Running.FigureTable.Write(
        ["phase", "requests/s", "records/s", "p50 ms", "p99 ms", "max ms", "RSS MB"],
        [.. points.Select(static point => (string[])
        [
            point.Phase, Two(point.TxPerS), Whole(point.RecordsPerS), Two(point.LatencyMs.P50),
            Two(point.LatencyMs.P99), Two(point.LatencyMs.Max), Whole(point.RssMb),
        ])]);
}
