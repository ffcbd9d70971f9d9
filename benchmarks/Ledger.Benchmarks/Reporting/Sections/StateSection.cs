using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Applying, committing and looking up as the state grows, in one process.</summary>
internal static class StateSection
{
    private static readonly PlotAxis Records = new("records on the ledger", string.Empty, IsLogarithmic: true);

    private static readonly (string Name, string Field)[] Told =
    [
        ("apply and commit, a record", "apply_commit_us"), ("look-up of a locator, p99", "locator_p99_us"),
        ("look-up of the state with proof, p99", "state_p99_us"),
    ];

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("state"))
        {
            JsonObject[] points = [.. result.Figures.List(Fields.Points)];
            if (points.Length > 0)
            {
                items.Add(Table(result, points));
                items.Add(Plot(result, points));
            }
        }

        return new ReportSection("One process as its state grows", items);
    }

    private static DataTable Table(ResultFile result, JsonObject[] points) => new(
        "state",
        $"Blocks of {result.Figures.Number("records_of_block")} records, medians over "
        + $"{result.Figures.Number("rounds")} rounds in turn with their intervals, block cache "
        + $"{result.Figures.Number("block_cache_mb")} MB, {result.Source}.",
        [
            "records", .. Told.SelectMany(told => (string[])[$"{told.Name} (us)", "from (us)", "to (us)"]),
            "CPU, a record (us)", "CPU over that of the first size", "store (MB)", "filled in (s)",
        ],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number("records"),
            .. Told.SelectMany(told => (object?[])
            [
                point.Number(told.Field, "median"), point.Number(told.Field, "low"), point.Number(told.Field, "high"),
            ]),
            point.Number("cpu_us", "median"), point.Number("ratio_cpu", "median"), point.Number("store_mb"),
            point.Number("fill_s"),
        ])]);

    private static Figure Plot(ResultFile result, JsonObject[] points)
    {
        PlotPoints[] series = [.. Told.Select(told => new PlotPoints(
            told.Name,
            [.. points.Select(point => (point.Number("records")!.Value, point.Number(told.Field, "median")!.Value))]))];
        return new Figure(
            "state-plot", $"Cost of a record and of look-ups against records on the ledger, {result.Source}.",
            PlotSvg.Lines(Records, new PlotAxis("time", "us", IsLogarithmic: false), series),
            ["series", "records", "us"],
            [.. series.SelectMany(told => told.Points.Select(point =>
                (IReadOnlyList<object?>)[told.Name, point.X, point.Y]))]);
    }
}
