using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Reporting.Plots;

namespace Ledger.Benchmarks.Reporting.Sections;

/// <summary>The paper's Figure 8: wait against time of completion, when everything is handed in at once.</summary>
internal static class WaitSection
{
    private const double MillisecondsOfSecond = 1_000;
    private static readonly PlotAxis Completed = new("time of completion", "s", IsLogarithmic: false);

    internal static ReportSection Of(ResultFiles files)
    {
        List<IReportItem> items = [];
        ResultFile[] replays = [.. files.Of("replay")];
        if (replays.Length > 0)
        {
            items.Add(Waits(replays));
        }

        items.AddRange(files.OfReplays.Select(table => Plot(table, files.SourceOf(table))));
        return new ReportSection("Waiting (the paper's Figure 8)", items);
    }

    private static DataTable Waits(ResultFile[] replays) => new(
        "waits",
        "Waits with everything handed in at time 0: from then to the decision of an operation; from its release, "
        + "when what it rests on was decided; and from a record store's answer until all operations of the record "
        + "are decided. Warm nodes have replayed another workload of the same shape before; cold ones have just "
        + "started. The paper's wait is 14 minutes in the mean.",
        ["run", "nodes", "operations", "transactions", "blocks", "whole run (s)", "wait mean (s)", "wait p50 (s)",
            "wait p95 (s)", "from release p50 (ms)", "record p50 (s)"],
        [.. replays.SelectMany(replay => replay.Figures.List(Fields.Points).Select(run => (IReadOnlyList<object?>)
        [
            replay.Name, run.Text("nodes"), run.Number("operations"), run.Number("transactions"),
            run.Number("blocks"), run.Number("elapsed_s"),
            Seconds(run, "wait_ms", "mean"), Seconds(run, "wait_ms", "p50"), Seconds(run, "wait_ms", "p95"),
            run.Number("released_wait_ms", "p50"), Seconds(run, "record_wait_ms", "p50"),
        ]))]);

    private static double? Seconds(JsonObject run, params string[] names) => run.Number(names) / MillisecondsOfSecond;

    private static Figure Plot(OperationTable table, string source)
    {
        int nodes = table.Column("nodes");
        int released = table.Column("released_ms");
        int decided = table.Column("decided_ms");
        (string Nodes, double Decided, double Released)[] operations = [.. table.Rows
            .Select(row => (row[nodes], Number(row[decided]), Number(row[released])))];
        return new Figure(
            "waits-by-completion",
            $"Figure 8: wait against time of completion, {operations.Length:N0} operations all handed in at time 0, "
            + $"{source}. Counted from time 0 the wait is the time of completion, as in the paper; counted from "
            + "the release of an operation it is what the ledger takes for it.",
            PlotSvg.Dots(
                Completed, new PlotAxis("wait", "s", false),
                [
                    new PlotPoints("from time 0", [.. operations.Select(at => (at.Decided, at.Decided))]),
                    .. operations.GroupBy(at => at.Nodes).Select(run => new PlotPoints(
                        $"from release, {run.Key} nodes",
                        [.. run.Select(at => (at.Decided, at.Decided - at.Released))])),
                ]),
            ["nodes", "completed_s", "wait_from_0_s", "wait_from_release_s"],
            [.. operations.Select(at => (IReadOnlyList<object?>)
                [at.Nodes, at.Decided, at.Decided, at.Decided - at.Released])]);
    }

    private static double Number(string text) =>
        double.Parse(text, CultureInfo.InvariantCulture) / MillisecondsOfSecond;
}
