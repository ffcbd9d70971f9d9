using System.Globalization;
using Spectre.Console;

namespace Ledger.Benchmarks.Replay;

/// <summary>The figures of a replay, for people; the paper's beside ours.</summary>
public static class ReplayTable
{
    /// <summary>Prints them; the paper's where its workload was replayed.</summary>
    public static void Write(ReplayResult result, bool withPaper)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("figure", "this run");
        if (withPaper)
        {
            table.AddColumn("the paper");
        }

        void Row(string name, string ours, string paper) =>
            table.AddRow(withPaper ? [name, ours, paper] : [name, ours]);

        Row("contract operations", Count(result.Operations), "3,104");
        Row("learning records, learners", $"{Count(result.Records)}, {Count(result.Learners)}", "500, 291");
        Row("transactions, blocks",
            $"{Count(result.Transactions)}, {Count((int)result.Blocks)}", "3,104 transactions");
        Row("whole run", $"{Number(result.ElapsedS)} s", "-");
        Row("wait, mean", Seconds(result.WaitMs.Mean), "14 min");
        Row("wait, p50 / p95 / max",
            $"{Seconds(result.WaitMs.P50)} / {Seconds(result.WaitMs.P95)} / {Seconds(result.WaitMs.Max)}", "-");
        Row("heads and state roots", result is { HeadsEqual: true, StateRootsEqual: true }
            ? "equal on all nodes"
            : "DIFFER", "-");
        AnsiConsole.Write(table);
    }

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => Number(milliseconds / 1000) + " s";
}
