using System.Globalization;
using Spectre.Console;

namespace Ledger.Benchmarks.Populating;

/// <summary>The figures of the population, for people.</summary>
public static class PopulationText
{
    /// <summary>Prints them, or that there are none.</summary>
    public static void Write(PopulationFigures? figures)
    {
        if (figures is null)
        {
            Console.WriteLine("Nothing was decided: there is nothing to report.");
            return;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("figure", "this run");
        void Row(string name, FormattableString text) =>
            table.AddRow(name, text.ToString(CultureInfo.InvariantCulture));

        Row("records, learners", $"{figures.Records:N0}, {figures.Learners:N0}");
        Row("contracts made and indexed", $"{figures.Contracts:N0}");
        Row("transactions, blocks", $"{figures.Transactions:N0}, {figures.Blocks:N0}");
        Row("nodes", $"{figures.Nodes}");
        Row("before the clock: commitments, enrolments", $"{figures.PreparationS:F1} s, {figures.EnrolmentS:F1} s");
        Row("from commitments to certified and indexed", $"{figures.ElapsedS:F2} s");
        Row("records a second", $"{figures.Run.RecordsPerS:N0}");
        Row("from hand-in to decision, p50 / p99",
            $"{figures.SentLatencyMs.P50:F0} / {figures.SentLatencyMs.P99:F0} ms");
        Row("CPU a record and validator", $"{figures.CpuUsPerRecordAndValidator:F1} us");
        Row("CPU of the client, of others", $"{figures.Run.ClientCpuShare:P0}, {figures.Run.ElsewhereCpuShare:P0}");
        Row("resident memory of the largest validator", $"{figures.Run.RssMb:F0} MB");
        Row("the same 15 s later, at rest", $"{figures.RssMbAtRestOfEach.Max():F0} MB");
        Row("one verification, fdatasync p50", $"{figures.Run.VerifyUs:F1} us, {figures.Run.FdatasyncMsP50:F2} ms");
        Row("contracts read back, right", $"{figures.ContractsRead}, {figures.ContractsRight}");
        Row("heads and state roots", $"{(figures.HeadsEqual ? "equal on all nodes" : "DIFFER")}");
        if (figures.Intake is { } intake)
        {
            Row("intake by the stores, apart", $"{intake.Records:N0} records in {intake.ElapsedS:F1} s");
            Row("records a second", $"{intake.RecordsPerS:N0}");
        }

        AnsiConsole.Write(table);
    }
}
