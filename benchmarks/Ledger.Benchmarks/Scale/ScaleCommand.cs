using System.CommandLine;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Scale;

/// <summary><c>bench scale</c>: cost against validators, records and blocks.</summary>
public static class ScaleCommand
{
    private const int ClientsUsual = 64;
    private const int SecondsUsual = 10;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;

    /// <summary>The paper's school has so many students.</summary>
    private const int LearnersUsual = 651;

    private const int LearnersMax = 10_000;

    /// <summary>Verbs of a learner: 13,020 contracts at the paper's school.</summary>
    private const int Verbs = 20;

    /// <summary>Beyond this a run takes more than an hour on two processors.</summary>
    private const int RecordsMax = 20_000_000;

    /// <summary>A block of one transaction takes about ten milliseconds: this many take half a day.</summary>
    private const int BlocksMax = 4_000_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> nodes = RunOptions.List(
            "--nodes", "Numbers of validators, such as 4,7,10,16.", DevnetPlan.NodesMax);
        Option<IReadOnlyList<int>> records = RunOptions.List(
            "--records", "Numbers of records on the ledger of four validators, rising, such as 100000,1000000.",
            RecordsMax);
        Option<IReadOnlyList<int>> blocks = RunOptions.List(
            "--blocks", "Lengths of the chain of the same four, rising, such as 1000,10000.", BlocksMax);
        Option<int> clients = RunOptions.Number(
            "--clients", "Clients of the load.", ClientsUsual, 1, HostCapacity.ClientsMax);
        Option<int> learners = RunOptions.Number(
            "--learners", "Learners whose records grow, with 20 verbs each.", LearnersUsual, 1, LearnersMax);
        CommonOptions common = new CommonOptions().WithSeed().WithOperations()
            .WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "scale",
            "Measure what a transaction costs as validators, records or blocks grow; only what is named.\n"
            + "Example: ./ledger bench scale --nodes 4,7,10,16 --records 100000,1000000 --json scale.json")
        {
            nodes, records, blocks, clients, learners,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new ScaleRun(
                new ScaleOptions(
                    result.GetRequiredValue(nodes), result.GetRequiredValue(records),
                    result.GetRequiredValue(blocks), result.GetRequiredValue(clients),
                    new WorldSize(result.GetRequiredValue(learners), Verbs), common.TimesOf(result),
                    common.RoundsOf(result), common.SeedOf(result)),
                RunFolder.Of("bench-scale"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
