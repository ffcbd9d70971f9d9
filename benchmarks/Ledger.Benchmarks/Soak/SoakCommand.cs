using System.CommandLine;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Soak;

/// <summary><c>bench soak</c>: a long run below saturation.</summary>
public static class SoakCommand
{
    private const int MinutesUsual = 30;
    private const int MinutesMax = 24 * 60;
    private const int ClientsUsual = 256;
    private const int WindowSecondsUsual = 30;
    private const double ShareUsual = 0.7;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> minutes = RunOptions.Number("--minutes", "How long.", MinutesUsual, 1, MinutesMax);
        Option<double> share = RunOptions.Above0(
            "--share", "The offered rate over the saturated one, which is measured first.", ShareUsual, greatest: 1);
        Option<int> validators = RunOptions.Validators();
        Option<int> clients = RunOptions.Number(
            "--clients", "Clients that saturate, and streams of the open loop.", ClientsUsual, 1,
            HostCapacity.ClientsMax);
        Option<int> window = RunOptions.Number(
            "--window", "Seconds of a window; the last third of the windows is compared with the first.",
            WindowSecondsUsual, 1, 600);
        CommonOptions common = new CommonOptions().WithSeed().WithOperations();
        Command command = common.AddTo(new Command(
            "soak",
            "Offer a share of what saturates the nodes for a long time, and watch memory and latency.\n"
            + "Example: ./ledger bench soak --minutes 30 --share 0.7 --json soak.json")
        {
            minutes, share, validators, clients, window,
        });
        command.SetAction((result, interrupt) => common.RunAsync(
            result,
            table => new SoakRun(
                new SoakOptions(
                    result.GetRequiredValue(validators), result.GetRequiredValue(clients),
                    TimeSpan.FromMinutes(result.GetRequiredValue(minutes)), result.GetRequiredValue(share),
                    TimeSpan.FromSeconds(result.GetRequiredValue(window)), common.SeedOf(result)),
                RunFolder.Of("bench"), OperationCsv.On(table)),
            interrupt));
        return command;
    }
}
