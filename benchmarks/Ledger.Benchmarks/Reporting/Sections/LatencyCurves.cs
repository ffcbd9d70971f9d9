using System.Globalization;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>How latencies are distributed, from every operation of a load.</summary>
internal static class LatencyCurves
{
    private const double MicrosecondsOfMillisecond = 1_000;

    /// <summary>Shares at which a curve is drawn: each percent, and finer at its upper end.</summary>
    private static readonly double[] Shares =
        [.. Enumerable.Range(1, 99).Select(percent => percent / 100.0), 0.995, 0.999, 0.9995, 0.9999, 1];

    internal static Figure Of(OperationTable table, string source)
    {
        int series = table.Column("series");
        int clients = table.Column("clients");
        int phase = table.Column("phase");
        int latency = table.Column("latency_us");
        int end = table.Column("end");
        PlotPoints[] curves = [.. table.Rows
            .Where(row => row[phase] == "measured" && row[end] == "done")
            .GroupBy(
                row => $"{row[series]}, {row[clients]} clients",
                row => long.Parse(row[latency], CultureInfo.InvariantCulture))
            .Select(group => CurveOf(group.Key, group))];
        return new Figure(
            "latency-distribution",
            "Distribution of latency: the share of operations that took so long at most, every measured operation "
            + $"of {source}.",
            PlotSvg.Curves(
                new PlotAxis("latency", "ms", IsLogarithmic: true),
                new PlotAxis("share of operations", string.Empty, false),
                curves),
            ["series", "latency_ms", "share"],
            [.. curves.SelectMany(curve => curve.Points.Select(point =>
                (IReadOnlyList<object?>)[curve.Name, point.X, point.Y]))]);
    }

    private static PlotPoints CurveOf(string name, IEnumerable<long> latencies)
    {
        long[] sorted = [.. latencies.Order()];
        return new PlotPoints(name, [.. Shares.Select(share => (
            sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]
                / MicrosecondsOfMillisecond,
            share))]);
    }
}
