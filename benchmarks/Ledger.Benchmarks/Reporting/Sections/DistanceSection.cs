using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Nodes far apart: latency of one client and throughput against the delay between them.</summary>
internal static class DistanceSection
{
    private static readonly PlotAxis Delay = new("one-way delay", "ms", IsLogarithmic: false);

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("wan"))
        {
            JsonObject[] points = [.. result.Figures.List(Fields.Points)];
            if (points.Length > 0)
            {
                items.Add(Table(result, points));
                items.Add(Plot(
                    result, points, "wan-latency", new PlotAxis("latency of one client, p50", "ms", false),
                    "one_client_latency_ms", "p50"));
                items.Add(Plot(
                    result, points, "wan-throughput", new PlotAxis("transactions", "1/s", false), Fields.TxPerS));
            }
        }

        return new ReportSection("Distance", items);
    }

    private static DataTable Table(ResultFile result, JsonObject[] points) => new(
        "wan",
        $"Delay between any two nodes by the load generator's proxies, the client beside the leader, {result.Source}.",
        [Fields.Validators, "one-way delay (ms)", "one client p50 (ms)", "in one-way delays", "tx (1/s)",
            "of that without delay"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number(Fields.Validators), point.Number("delay_ms"), point.Number("one_client_latency_ms", "p50"),
            point.Number("one_way_delays"), point.Number(Fields.TxPerS), point.Number("ratio_loopback"),
        ])]);

    private static Figure Plot(
        ResultFile result, JsonObject[] points, string name, PlotAxis axis, params string[] figure)
    {
        PlotPoints[] series = [.. points
            .Where(point => point.Number("delay_ms") is not null && point.Number(figure) is not null)
            .GroupBy(point => point.Number(Fields.Validators))
            .Select(size => new PlotPoints(
                FormattableString.Invariant($"{size.Key} validators"),
                [.. size.Select(point => (point.Number("delay_ms")!.Value, point.Number(figure)!.Value))
                    .OrderBy(point => point.Item1)]))];
        return new Figure(
            name, $"{Fields.Sentence(axis.Name)} against the delay between nodes, {result.Source}.",
            PlotSvg.Lines(Delay, axis, series),
            ["series", "delay_ms", string.Join('_', figure)],
            [.. series.SelectMany(size => size.Points.Select(point =>
                (IReadOnlyList<object?>)[size.Name, point.X, point.Y]))]);
    }
}
