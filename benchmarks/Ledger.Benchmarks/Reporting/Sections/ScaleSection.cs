using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Cost as validators, records and blocks grow.</summary>
internal static class ScaleSection
{
    private static readonly (string Scaled, string Field, PlotAxis Axis)[] Sizes =
    [
        ("validators", Fields.Validators, new PlotAxis("validators", string.Empty, false)),
        ("records", "records_on_ledger", new PlotAxis("records on the ledger", string.Empty, true)),
        ("blocks", "height", new PlotAxis("height of the chain", "block", true)),
    ];

    private static readonly PlotAxis Cost = new("CPU of one validator for a transaction", "ms", false);

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("scale"))
        {
            foreach ((string scaled, string field, PlotAxis axis) in Sizes)
            {
                JsonObject[] points = [.. result.Figures.List(Fields.Points)
                    .Where(point => point.Text("scaled") == scaled)];
                if (points.Length > 0)
                {
                    items.Add(Table(result, scaled, field, points));
                    items.Add(Plot(result, scaled, field, axis, points));
                }
            }
        }

        return new ReportSection("Cost as validators, state and chain grow", items);
    }

    private static DataTable Table(ResultFile result, string scaled, string field, JsonObject[] points) => new(
        "scale-" + scaled, $"Cost against {scaled}, {result.Source}.",
        [scaled, "tx (1/s)", "p50 (ms)", "p99 (ms)", "CPU of all validators (ms/tx)", "CPU of one (ms/tx)",
            "look-up p99 (ms)", "memory of the largest (MB)"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number(field), point.Number(Fields.TxPerS), point.Number(Fields.LatencyMs, "p50"),
            point.Number(Fields.LatencyMs, "p99"), point.Number(Fields.CpuMsPerTx),
            point.Number("cpu_ms_per_tx_validator"), point.Number("lookup_ms", "p99"), point.Number("rss_mb"),
        ])]);

    private static Figure Plot(
        ResultFile result, string scaled, string field, PlotAxis axis, JsonObject[] points)
    {
        (double Size, double Cost)[] costs = [.. points
            .Select(point => (point.Number(field), point.Number("cpu_ms_per_tx_validator")))
            .Where(point => point.Item1 > 0 && point.Item2 is not null)
            .Select(point => (point.Item1!.Value, point.Item2!.Value))];
        return new Figure(
            "scale-plot-" + scaled, $"CPU of one validator for a transaction against {scaled}, {result.Source}.",
            PlotSvg.Lines(axis, Cost, [new PlotPoints("one validator", costs)]),
            [field, "cpu_ms_per_tx_validator"],
            [.. costs.Select(cost => (IReadOnlyList<object?>)[cost.Size, cost.Cost])]);
    }
}
