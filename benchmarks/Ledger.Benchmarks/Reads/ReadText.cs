using System.Globalization;
using Ledger.Benchmarks.Running;
using static Ledger.Benchmarks.Running.FigureTable;

namespace Ledger.Benchmarks.Reads;

/// <summary>Figures of reads, for people.</summary>
public static class ReadText
{
    /// <summary>One round in one line.</summary>
    public static string LineOf(int round, ReadFigures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"round {round}, {figures.Run.Clients} clients: {figures.Compared.ReadsPerS:N0} reads/s, p50 "
        + $"{figures.Run.LatencyMs.P50:N2} ms; the web server alone {figures.Compared.KestrelPerS:N0}/s; "
        + $"ratio {figures.Compared.RatioKestrel:N3}");

    /// <summary>All points.</summary>
    public static void Write(IReadOnlyList<ReadPoint> points) => FigureTable.Write(
        ["clients", "reads/s", "p50 ms", "p99 ms", "CPU ms", "web server/s", "p50 ms", "CPU ms", "ratio"],
        [.. points.Select(static point => RowOf(point, point.Compared))]);

    private static string[] RowOf(ReadPoint point, ReadComparison read) =>
    [
        Whole(point.Run.Clients), Whole(read.ReadsPerS), Three(point.Run.LatencyMs.P50),
        Three(point.Run.LatencyMs.P99), Three(read.CpuMsPerRead), Whole(read.KestrelPerS),
        Three(read.KestrelLatencyMs.P50), Three(read.KestrelCpuMsPerCall), Three(read.RatioKestrel),
    ];
}
