using System.CommandLine;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Granted;

/// <summary><c>bench granted</c>: records of one institution, read by another one by a learner's grant.</summary>
public static class GrantedCommand
{
    private const int SecondsUsual = 10;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;
    private const int RecordsUsual = 1_000;

    /// <summary>What a box gives at once.</summary>
    private const int RecordsMax = 1_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> clients = RunOptions.Clients(1);
        Option<int> validators = RunOptions.Validators();
        Option<int> records = RunOptions.Number("--records", "Records of one read.", RecordsUsual, 1, RecordsMax);
        CommonOptions common = new CommonOptions().WithOperations().WithRounds(SecondsUsual, WarmUpUsual, RoundsUsual);
        Command command = common.AddTo(new Command(
            "granted",
            "Read a learner's records at another institution's box: fresh read, entry in the trail, proofs, and their "
            + "verification by the reader.\nExample: ./ledger bench granted --rounds 3 --json granted.json")
        {
            clients, validators, records,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new GrantedRun(
                new GrantedOptions(
                    result.GetRequiredValue(clients), result.GetRequiredValue(validators),
                    result.GetRequiredValue(records), common.TimesOf(result), common.RoundsOf(result)),
                RunFolder.Of("bench"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
