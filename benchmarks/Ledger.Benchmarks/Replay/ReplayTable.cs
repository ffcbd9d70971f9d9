using System.Globalization;
using Spectre.Console;

namespace Ledger.Benchmarks.Replay;

/// <summary>The figures of a replay, for people; the paper's beside ours.</summary>
public static class ReplayTable
{
    /// <summary>Prints them, a column for each replay; the paper's where its workload was replayed.</summary>
    public static void Write(IReadOnlyList<ReplayResult> replays, bool withPaper)
    {
        if (replays.Count == 0)
        {
            Console.WriteLine("Nothing was decided: there is nothing to report.");
            return;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumn("figure");
        foreach (ReplayResult replay in replays)
        {
            table.AddColumn(replay.Nodes + " nodes");
        }

        if (withPaper)
        {
            table.AddColumn("the paper");
        }

        void Row(string name, Func<ReplayResult, string> ours, string paper) => table.AddRow(
            [name, .. replays.Select(ours), .. (string[])(withPaper ? [paper] : [])]);

        Row("contract operations", replay => Count(replay.Operations), "3,104");
        Row("learning records, learners", replay => $"{Count(replay.Records)}, {Count(replay.Learners)}", "500, 291");
        Row("transactions, blocks",
            replay => $"{Count(replay.Transactions)}, {Count((int)replay.Blocks)}", "3,104 transactions");
        Row("whole run", replay => $"{Number(replay.ElapsedS)} s", "-");
        Row("wait, mean", replay => Seconds(replay.WaitMs.Mean), "14 min");
        Row("wait, p50 / p95 / max",
            replay => $"{Seconds(replay.WaitMs.P50)} / {Seconds(replay.WaitMs.P95)} / {Seconds(replay.WaitMs.Max)}",
            "-");
        Row("heads and state roots", replay => replay is { HeadsEqual: true, StateRootsEqual: true }
            ? "equal on all nodes"
            : "DIFFER", "-");
        AnsiConsole.Write(table);
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => Number(milliseconds / 1000) + " s";
}
