using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>Throughput and latency against clients.</summary>
internal static class LoadSection
{
    private static readonly PlotAxis Clients = new("clients", string.Empty, IsLogarithmic: true);

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("load"))
        {
            JsonObject[] points = [.. result.Figures.List(Fields.Points)];
            if (points.Length > 0)
            {
                items.Add(Table(result, points));
                items.Add(Throughput(result, points));
                items.Add(Latency(result, points));
            }
        }

        items.AddRange(files.OfLoads.Select(table => LatencyCurves.Of(table, files.SourceOf(table))));
        return new ReportSection("Throughput against clients, and latency", items);
    }

    private static DataTable Table(ResultFile result, JsonObject[] points) => new(
        "load",
        $"Load, medians over {points[0].Number("rounds")} rounds, {result.Source}. Latency counts from the intended "
        + "begin.",
        [Fields.Clients, "records of a transaction", "tx (1/s)", "records (1/s)", "p50 (ms)", "p95 (ms)", "p99 (ms)",
            "max (ms)", "CPU of all validators (ms/tx)", "share of signature limit", "syncs a block",
            "fdatasync p50 (ms)"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Number(Fields.Clients), point.Number("batch"), point.Number(Fields.TxPerS),
            point.Number(Fields.RecordsPerS), point.Number(Fields.LatencyMs, "p50"),
            point.Number(Fields.LatencyMs, "p95"), point.Number(Fields.LatencyMs, "p99"),
            point.Number(Fields.LatencyMs, "max"), point.Number(Fields.CpuMsPerTx), point.Number("share_of_limit"),
            point.Number("syncs_per_block"), point.Number("fdatasync_ms_p50"),
        ])]);

    private static Figure Throughput(ResultFile result, JsonObject[] points)
    {
        PlotPoints[] series =
        [
            Series(points, "transactions", Fields.TxPerS), Series(points, "signature limit L(n)", "limit_tx_per_s"),
        ];
        return new Figure(
            "throughput-by-clients", $"Throughput against clients, {result.Source}.",
            PlotSvg.Lines(Clients, new PlotAxis("transactions", "1/s", false), series),
            [Fields.Clients, Fields.TxPerS, "limit_tx_per_s"],
            [.. points.Select(point => (IReadOnlyList<object?>)
                [point.Number(Fields.Clients), point.Number(Fields.TxPerS), point.Number("limit_tx_per_s")])]);
    }

    private static Figure Latency(ResultFile result, JsonObject[] points)
    {
        string[] ranks = ["p50", "p95", "p99", "max"];
        return new Figure(
            "latency-by-clients", $"Latency against clients, {result.Source}.",
            PlotSvg.Lines(
                Clients, new PlotAxis("latency", "ms", IsLogarithmic: true),
                [.. ranks.Select(rank => Series(points, rank, Fields.LatencyMs, rank))]),
            [Fields.Clients, .. ranks.Select(rank => rank + "_ms")],
            [.. points.Select(point => (IReadOnlyList<object?>)
                [point.Number(Fields.Clients), .. ranks.Select(rank => (object?)point.Number(Fields.LatencyMs, rank))])
            ]);
    }

    private static PlotPoints Series(JsonObject[] points, string name, params string[] figure) => new(
        name,
        [.. points.Select(point => (point.Number(Fields.Clients), point.Number(figure)))
            .Where(point => point.Item1 > 0 && point.Item2 > 0)
            .Select(point => (point.Item1!.Value, point.Item2!.Value))]);
}
