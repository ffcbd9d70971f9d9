using System.CommandLine;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Reads;

/// <summary><c>bench read</c>: reads with proof by id, against the web server alone.</summary>
public static class ReadCommand
{
    private const int SecondsUsual = 5;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;
    private const int TransactionsUsual = 2_000;
    private const int TransactionsMax = 20_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> clients = RunOptions.Clients(64);
        Option<int> validators = RunOptions.Validators();
        Option<int> transactions = RunOptions.Number(
            "--transactions", "Transactions whose receipts are read.", TransactionsUsual, 1, TransactionsMax);
        CommonOptions common = new CommonOptions().WithSeed().WithOperations()
            .WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "read",
            "Read receipts by transaction id, against the web server alone with answers of equal size.\n"
            + "Example: ./ledger bench read --clients 1,64 --rounds 3 --json read.json")
        {
            clients, validators, transactions,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new ReadRun(
                new ReadOptions(
                    result.GetRequiredValue(clients), result.GetRequiredValue(validators),
                    result.GetRequiredValue(transactions), common.TimesOf(result), common.RoundsOf(result),
                    common.SeedOf(result)),
                RunFolder.Of("bench"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
