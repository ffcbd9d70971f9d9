using System.Globalization;
using Ledger.Benchmarks.Results;
using Spectre.Console;

namespace Ledger.Benchmarks.Costs;

/// <summary>Costs, for people.</summary>
public static class CostsText
{
    /// <summary>Prints what was measured.</summary>
    public static void Write(CostsRun run)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("contract", "effect", "bytes", "work units", "check CPU us", "apply CPU us");
        foreach (OperationCost cost in run.Costs)
        {
            table.AddRow(
                cost.Contract, cost.Effect, Text(cost.TransactionBytes), Text(cost.WorkUnits), Text(cost.CheckCpuUs),
                Text(cost.ApplyCpuUs));
        }

        AnsiConsole.Write(table);
        if (run.Blocks.Count > 0)
        {
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{run.Blocks.Count} blocks: {Median(run, block => block.Messages):N1} messages, "
                + $"{Median(run, block => block.Signatures):N0} signatures of "
                + $"{Median(run, block => block.CertificateBytes):N0} bytes and "
                + $"{Median(run, block => block.TimeMs):N2} ms in the median."));
        }
    }

    private static double Median(CostsRun run, Func<AgreementBlock, double> figure) =>
        MedianInterval.Of(run.Blocks.Select(figure)).Median;

    private static string Text(double value) => value.ToString("N1", CultureInfo.InvariantCulture);
}
