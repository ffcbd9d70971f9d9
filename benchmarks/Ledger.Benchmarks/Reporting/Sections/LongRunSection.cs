using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>A long run below saturation: what drifts.</summary>
internal static class LongRunSection
{
    private const double SecondsOfMinute = 60;

    private static readonly PlotAxis Time = new("time", "min", IsLogarithmic: false);

    private static readonly (string Name, PlotAxis Axis, string[] Figure)[] Plotted =
    [
        ("soak-latency", new PlotAxis("latency p99", "ms", false), [Fields.LatencyMs, "p99"]),
        ("soak-memory", new PlotAxis("memory of the largest validator", "MB", false), ["rss_mb"]),
        ("soak-throughput", new PlotAxis("transactions", "1/s", false), [Fields.TxPerS]),
        ("soak-cpu", new PlotAxis("CPU of all validators for a transaction", "ms", false), [Fields.CpuMsPerTx]),
        ("soak-host-verify", new PlotAxis("a verification on the host itself", "us", false), ["host", "verify_us"]),
        ("soak-host-read", new PlotAxis("a read of memory on the host itself", "ns", false), ["host", "read_ns"]),
    ];

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("soak"))
        {
            JsonObject[] windows = [.. result.Figures.List(Fields.Points)];
            if (windows.Length > 0)
            {
                items.Add(new Paragraph(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{result.Name}: {result.Figures.Number("offered_tx_per_s"):N0} transactions a second were "
                        + $"offered; the same nodes were saturated at "
                        + $"{result.Figures.Number("saturated_tx_per_s"):N0} before.")));
                items.AddRange(Plotted.Select(plot => Plot(result, windows, plot)));
            }
        }

        return new ReportSection("A long run", items);
    }

    private static Figure Plot(
        ResultFile result, JsonObject[] windows, (string Name, PlotAxis Axis, string[] Figure) plot)
    {
        (double Minutes, double Value)[] points = [.. windows
            .Where(window => window.Number("end_s") is not null && window.Number(plot.Figure) is not null)
            .Select(window => (window.Number("end_s")!.Value / SecondsOfMinute, window.Number(plot.Figure)!.Value))];
        return new Figure(
            plot.Name, $"{Fields.Sentence(plot.Axis.Name)} over time, each point a window, {result.Source}.",
            PlotSvg.Lines(Time, plot.Axis, [new PlotPoints(plot.Axis.Name, points)]),
            ["end_min", string.Join('_', plot.Figure)],
            [.. points.Select(point => (IReadOnlyList<object?>)[point.Minutes, point.Value])]);
    }
}
