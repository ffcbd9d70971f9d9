using System.CommandLine;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Wan;

/// <summary><c>bench wan</c>: nodes that are far from each other.</summary>
public static class WanCommand
{
    private const int OutstandingUsual = 4_000;
    private const int SecondsUsual = 15;
    private const int WarmUpUsual = 5;
    private const int RoundsUsual = 3;

    /// <summary>
    /// A second around the world and back is more than any cable takes; nodes take a leader for silent then.
    /// </summary>
    private const int DelayMsMax = 500;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> delays = RunOptions.List(
            "--delay-ms", "One-way delays between any two nodes, beside none.", DelayMsMax, 50, 150);
        Option<IReadOnlyList<int>> validators = RunOptions.List(
            "--validators", "Sizes of the consortium, one after the other.", DevnetPlan.NodesMax, 4, 7);
        Option<int> outstanding = RunOptions.Number(
            "--outstanding", "Transactions under way where throughput is measured.", OutstandingUsual, 1,
            HostCapacity.ClientsMax);
        CommonOptions common = new CommonOptions().WithSeed().WithOperations()
            .WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "wan",
            "Measure latency and throughput with a delay between the nodes, and without.\n"
            + "Example: ./ledger bench wan --delay-ms 50,150 --validators 4,7 --json wan.json")
        {
            delays, validators, outstanding,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new WanRun(
                new WanOptions(
                    result.GetRequiredValue(delays), result.GetRequiredValue(validators),
                    result.GetRequiredValue(outstanding), common.TimesOf(result), common.RoundsOf(result),
                    common.SeedOf(result)),
                RunFolder.Of("bench-wan"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
