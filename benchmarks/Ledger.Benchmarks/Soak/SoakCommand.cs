using System.CommandLine;
using System.Globalization;
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
        Option<double> share = new("--share")
        {
            Description = "The offered rate over the saturated one, which is measured first.",
            DefaultValueFactory = _ => ShareUsual,
        };
        share.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is double given && given is not (> 0 and <= 1))
            {
                result.AddError("--share must be above 0, and at most 1.");
            }
        });
        Option<int> validators = RunOptions.Validators();
        Option<int> clients = RunOptions.Number(
            "--clients", "Clients that saturate, and streams of the open loop.", ClientsUsual, 1,
            HostCapacity.ClientsMax);
        Option<int> window = RunOptions.Number(
            "--window", "Seconds of a window; the last third of the windows is compared with the first.",
            WindowSecondsUsual, 1, 600);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "soak",
            "Offer a share of what saturates the nodes for a long time, and watch memory and latency.\n"
            + "Example: ./ledger bench soak --minutes 30 --share 0.7 --json soak.json")
        {
            minutes, share, validators, clients, window, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new SoakOptions(
                result.GetRequiredValue(validators),
                result.GetRequiredValue(clients),
                TimeSpan.FromMinutes(result.GetRequiredValue(minutes)),
                result.GetRequiredValue(share),
                TimeSpan.FromSeconds(result.GetRequiredValue(window)),
                result.GetRequiredValue(seed)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static Task<int> RunAsync(SoakOptions options, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(options.Seed);
        SoakRun run = new(options, RunFolder.Of("bench"));
        return PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => Show(run.Summary),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, ReportFile.Of(
                        context, null, isPartial || !run.IsWhole, run.Windows.Cast<object>().ToArray(), run.Summary));
                }
            },
            interrupt);
    }

    private static void Show(SoakSummary? summary)
    {
        if (summary is null)
        {
            return;
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{summary.Minutes:N1} minutes at {summary.TxPerS:N0} tx/s, of {summary.OfferedTxPerS:N0} offered and "
            + $"{summary.SaturatedTxPerS:N0} at saturation; p50 {summary.LatencyMs.P50:N1} ms, p99 "
            + $"{summary.LatencyMs.P99:N1} ms, max {summary.LatencyMs.Max:N0} ms"));
        Show("resident memory, MB", summary.RssDrift);
        Show("p99, ms", summary.P99Drift);
        Show("CPU of a transaction, ms", summary.CpuDrift);
    }

    private static void Show(string what, Drift? drift)
    {
        if (drift is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {drift.First:N3} in the first third, {drift.Last:N3} in the last, {drift.Ratio:N3} times"));
        }
    }
}
