using System.CommandLine;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Costs;

/// <summary><c>bench costs</c>: what each call of a contract costs, and what agreement on a block takes.</summary>
public static class CostsCommand
{
    private const int BlocksUsual = 200;
    private const int BlocksMax = 100_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> blocks = RunOptions.Number(
            "--blocks", "Blocks whose agreement is traced; 0 for none.", BlocksUsual, 0, BlocksMax);
        CommonOptions common = new();
        Command command = common.AddTo(new Command(
            "costs",
            "Measure bytes, work units and processor time of each contract call, and messages, signatures and time of "
            + "agreement.\nExample: ./ledger bench costs --json costs.json")
        {
            blocks,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result, _ => new CostsRun(result.GetRequiredValue(blocks), RunFolder.Of("bench")), interrupt));
        return command;
    }
}
