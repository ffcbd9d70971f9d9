using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>etcd and PostgreSQL beside the ledger.</summary>
internal static class PeersSection
{
    private const string RatioStart = "ratio_";
    private static readonly PlotAxis Clients = new("clients", string.Empty, IsLogarithmic: true);

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        foreach (ResultFile result in files.Of("peers"))
        {
            JsonObject[] points = [.. result.Figures.List(Fields.Points)];
            if (points.Length == 0)
            {
                continue;
            }

            items.Add(new Paragraph(
                "A ledger of four validators bears a member that lies, and every record is signed and provable; "
                + "etcd trusts each of its three members, and PostgreSQL is one server of one operator. The "
                + "figures say what that costs."));
            items.Add(Table(result, points));
            items.Add(Plot(result, points, "records-by-clients", "records or values", "1/s", Fields.RecordsPerS));
            items.Add(Plot(result, points, "peers-latency", "latency p50", "ms", Fields.LatencyMs, "p50"));
            items.Add(Ratios(result));
        }

        return new ReportSection("Peers, in one interleaved run", items);
    }

    private static DataTable Table(ResultFile result, JsonObject[] points) => new(
        "peers",
        $"The same payload ({result.Figures.Number("payload_bytes")} bytes) and clients, medians over "
        + $"{result.Figures.Number("rounds")} rounds in turn, {result.Source}. ledger: one record a transaction; "
        + $"ledger-batched: {result.Figures.Number("batch")}.",
        ["system", Fields.Clients, "tx (1/s)", "records (1/s)", "p50 (ms)", "p99 (ms)", "CPU (ms/tx)"],
        [.. points.Select(point => (IReadOnlyList<object?>)
        [
            point.Text("system"), point.Number(Fields.Clients), point.Number(Fields.TxPerS),
            point.Number(Fields.RecordsPerS), point.Number(Fields.LatencyMs, "p50"),
            point.Number(Fields.LatencyMs, "p99"), point.Number(Fields.CpuMsPerTx),
        ])]);

    private static Figure Plot(
        ResultFile result, JsonObject[] points, string name, string axis, string unit, params string[] figure)
    {
        PlotPoints[] series = [.. points
            .Where(point => point.Number(Fields.Clients) > 0 && point.Number(figure) > 0)
            .GroupBy(point => point.Text("system")!)
            .Select(system => new PlotPoints(
                system.Key,
                [.. system.Select(point => (point.Number(Fields.Clients)!.Value, point.Number(figure)!.Value))
                    .OrderBy(point => point.Item1)]))];
        return new Figure(
            name, $"{Fields.Sentence(axis)} against clients, {result.Source}.",
            PlotSvg.Lines(Clients, new PlotAxis(axis, unit, IsLogarithmic: true), series),
            ["system", Fields.Clients, string.Join('_', figure)],
            [.. series.SelectMany(system => system.Points.Select(point =>
                (IReadOnlyList<object?>)[system.Name, point.X, point.Y]))]);
    }

    private static DataTable Ratios(ResultFile result) => new(
        "ratios",
        "The ledger's figure over the peer's, the median of the ratios within each round and its interval, "
        + $"{result.Source}.",
        ["ratio", "median", "from", "to"],
        [.. result.Figures.Where(field => field.Key.StartsWith(RatioStart, StringComparison.Ordinal))
            .Select(field => (IReadOnlyList<object?>)
            [
                field.Key, result.Figures.Number(field.Key), result.Figures.Number("intervals", field.Key, "low"),
                result.Figures.Number("intervals", field.Key, "high"),
            ])]);
}
