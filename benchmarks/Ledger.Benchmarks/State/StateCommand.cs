using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.State;

/// <summary><c>bench state</c>: what a record costs, and how long a look-up takes, as the state grows.</summary>
public static class StateCommand
{
    private const int RoundsUsual = 7;
    private const int BlocksUsual = 10;
    private const int BlocksMax = 1_000;
    private const int LookupsUsual = 5_000;
    private const int LookupsMax = 1_000_000;

    /// <summary>The paper's school has so many students.</summary>
    private const int LearnersUsual = 651;

    private const int LearnersMax = 10_000;

    /// <summary>The state of more does not fit into the memory of a usual machine beside the smaller sizes.</summary>
    private const int RecordsMax = 50_000_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> records = RunOptions.List(
            "--records", "Records on the ledger, one size beside the other.", RecordsMax, 1_000_000, 10_000_000);
        Option<int> learners = RunOptions.Number(
            "--learners", "Learners, with 20 verbs each.", LearnersUsual, 1, LearnersMax);
        Option<int> rounds = RunOptions.Number(
            "--rounds", "How many times each size is measured, in turn.", RoundsUsual, 1, CommonOptions.RoundsMax);
        Option<int> blocks = RunOptions.Number(
            "--blocks", "Blocks of a round, of 1,024 records each.", BlocksUsual, 1, BlocksMax);
        Option<int> lookups = RunOptions.Number(
            "--lookups", "Look-ups of a round, of each kind.", LookupsUsual, 100, LookupsMax);
        CommonOptions common = new();
        Command command = common.AddTo(new Command(
            "state",
            "Apply and commit blocks, and look up, at several sizes of the state, in one process and in turn.\n"
            + "Example: ./ledger bench state --records 1000000,10000000 --json state.json")
        {
            records, learners, rounds, blocks, lookups,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            _ => new StateRun(
                new StateOptions(
                    result.GetRequiredValue(records), result.GetRequiredValue(learners),
                    result.GetRequiredValue(rounds), result.GetRequiredValue(blocks),
                    result.GetRequiredValue(lookups)),
                RunFolder.Of("bench-state")),
            interrupt));
        return command;
    }
}
