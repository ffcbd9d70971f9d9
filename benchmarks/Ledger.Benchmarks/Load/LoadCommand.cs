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
        Option<double?> rate = new("--rate")
        {
            Description = "Offer so many transactions a second, whatever is answered, instead of one after the other.",
        };
        rate.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is double given && !(given is > 0 and <= 1_000_000))
            {
                result.AddError("--rate must be above 0, and at most 1000000.");
            }
        });
        Option<int> seconds = RunOptions.Seconds(SecondsUsual);
        Option<int> warmUp = RunOptions.WarmUp(WarmUpUsual);
        Option<int> rounds = RunOptions.Rounds(RoundsUsual);
        Option<ulong> seed = RunOptions.Seed();
        Option<LoadPlace> at = new("--at")
        {
            Description = "Hand in at the leader, at a follower or at all nodes.",
            DefaultValueFactory = _ => LoadPlace.Leader,
        };
        Option<string?> json = RunOptions.Json();
        Option<string?> csv = RunOptions.Csv();
        Command command = new(
            "load",
            "Measure throughput and latency of real nodes under load.\n"
            + "Example: ./ledger bench load --clients 1,16,64,256 --rounds 3 --json load.json")
        {
            clients, validators, batch, rate, seconds, warmUp, rounds, seed, at, json, csv,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new LoadOptions
            {
                Clients = result.GetRequiredValue(clients),
                Validators = result.GetRequiredValue(validators),
                Batch = result.GetRequiredValue(batch),
                RatePerS = result.GetValue(rate),
                Times = new LoadTimes(
                    TimeSpan.FromSeconds(result.GetRequiredValue(warmUp)),
                    TimeSpan.FromSeconds(result.GetRequiredValue(seconds))),
                Rounds = result.GetRequiredValue(rounds),
                Seed = result.GetRequiredValue(seed),
                At = result.GetRequiredValue(at),
            },
            result.GetValue(json), result.GetValue(csv), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(
        LoadOptions options, string? json, string? csv, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(options.Seed);
        using OperationCsv? operations = csv is null ? null : new OperationCsv(csv);
        LoadRun run = new(options, RunFolder.Of("bench"), operations);
        return await PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => LoadText.Write(run.Points),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, ReportFile.Of(
                        context, run.Unary, isPartial || !run.IsWhole, run.Points, run.Chief));
                }
            },
            interrupt);
    }
}
