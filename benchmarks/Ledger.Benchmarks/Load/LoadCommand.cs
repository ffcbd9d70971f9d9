using System.CommandLine;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Contracts.Transactions;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Load;

/// <summary><c>bench load</c>: a consortium of real nodes under a load of record insertions.</summary>
public static class LoadCommand
{
    private const int SecondsUsual = 10;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> clients = RunOptions.Clients(1, 16, 64, 256);
        Option<int> validators = RunOptions.Validators();
        Option<int> batch = RunOptions.Number(
            "--batch", "Record insertions of a transaction, which bears one signature.", 1, 1,
            TransactionLimits.GroupsMax);
        Option<double?> rate = RunOptions.Above0(
            "--rate",
            "Offer so many transactions a second, whatever is answered, instead of one after the other.",
            greatest: 1_000_000);
        Option<LoadPlace> at = new("--at")
        {
            Description = "Hand in at the leader, at a follower or at all nodes.",
            DefaultValueFactory = _ => LoadPlace.Leader,
        };
        CommonOptions common = new CommonOptions().WithSeed().WithOperations()
            .WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "load",
            "Measure throughput and latency of real nodes under load.\n"
            + "Example: ./ledger bench load --clients 1,16,64,256 --rounds 3 --json load.json")
        {
            clients, validators, batch, rate, at,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new LoadRun(
                new LoadOptions
                {
                    Clients = result.GetRequiredValue(clients),
                    Validators = result.GetRequiredValue(validators),
                    Shape = new LoadShape(
                        result.GetRequiredValue(at), result.GetRequiredValue(batch), result.GetValue(rate)),
                    Times = common.TimesOf(result),
                    Rounds = common.RoundsOf(result),
                    Seed = common.SeedOf(result),
                },
                RunFolder.Of("bench"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
