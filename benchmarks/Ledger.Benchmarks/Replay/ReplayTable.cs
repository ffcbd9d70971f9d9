using System.Globalization;
using Spectre.Console;

namespace Ledger.Benchmarks.Replay;

/// <summary>The figures of a replay, for people; the paper's beside ours.</summary>
public static class ReplayTable
{
    /// <summary>Prints them.</summary>
    public static void Write(ReplayResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("figure").AddColumn("this run")
            .AddColumn("the paper");
        Row(table, "contract operations", Count(result.Operations), "3,104");
        Row(table, "learning records, learners", $"{Count(result.Records)}, {Count(result.Learners)}", "500, 291");
        Row(table, "transactions, blocks",
            $"{Count(result.Transactions)}, {Count((int)result.Blocks)}", "3,104 transactions");
        Row(table, "whole run", $"{Number(result.ElapsedS)} s", "-");
        Row(table, "wait, mean", Seconds(result.WaitMs.Mean), "14 min");
        Row(table, "wait, p50 / p95 / max",
            $"{Seconds(result.WaitMs.P50)} / {Seconds(result.WaitMs.P95)} / {Seconds(result.WaitMs.Max)}", "-");
        Row(table, "heads and state roots", result is { HeadsEqual: true, StateRootsEqual: true }
            ? "equal on all nodes"
            : "DIFFER", "-");
        AnsiConsole.Write(table);
    }

    private static void Row(Table table, string name, string ours, string paper) => table.AddRow(name, ours, paper);

    private static string Count(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Seconds(double milliseconds) => Number(milliseconds / 1000) + " s";
}
