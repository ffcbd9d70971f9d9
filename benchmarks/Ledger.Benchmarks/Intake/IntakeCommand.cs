using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Ledger.Node.Records;
using Ledger.Workload;

namespace Ledger.Benchmarks.Intake;

/// <summary><c>bench intake</c>: the record store of one node over HTTP, up to a year's records.</summary>
public static class IntakeCommand
{
    private const int ClientsUsual = 4;
    private const int ClientsMax = 256;
    private const int BatchUsual = 100;

    /// <summary>A body holds no more of the population's largest records.</summary>
    private const int BatchMax = 1_000;

    private const int SinglesUsual = 200;
    private const int SinglesMax = 5_000;
    private const int SecondsUsual = 20;
    private const int WarmUpUsual = 5;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> clients = RunOptions.Number(
            "--clients", "Clients that each wait for their answer.", ClientsUsual, 1, ClientsMax);
        Option<int> records = RunOptions.Number(
            "--records", "Records of the population that are handed in first.", Population.RecordCount, BatchMax,
            Population.RecordCount);
        Option<int> batch = RunOptions.Number("--batch", "Records of a request.", BatchUsual, 1, BatchMax);
        Option<int> rate = RunOptions.Number(
            "--rate", "Single statements a second, whatever has been answered.", SinglesUsual, 1, SinglesMax);
        Option<int> limit = RunOptions.Number(
            "--limit", "Statements of an answer to a query, and of a page.", BatchUsual, 1, StatementQuery.LimitMax);
        CommonOptions common = new CommonOptions().WithSeed().WithTimes(SecondsUsual, WarmUpUsual);
        Command command = common.AddTo(new Command(
            "intake",
            "Hand a year of a campus to the record store over HTTP, in batches and singly, then query and page it.\n"
            + "Example: ./ledger bench intake --clients 4 --json intake.json")
        {
            clients, records, batch, rate, limit,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            _ => new IntakeRun(
                new IntakeOptions(
                    result.GetRequiredValue(clients), result.GetRequiredValue(records),
                    result.GetRequiredValue(batch), result.GetRequiredValue(rate), result.GetRequiredValue(limit),
                    common.TimesOf(result), common.SeedOf(result)),
                RunFolder.Of("bench-intake")),
            interrupt));
        return command;
    }
}
