using System.CommandLine;
using System.Globalization;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Spectre.Console;

namespace Ledger.Benchmarks.Wan;

/// <summary><c>bench wan</c>: nodes that are far from each other.</summary>
public static class WanCommand
{
    private const int OutstandingUsual = 4_000;
    private const int SecondsUsual = 15;
    private const int WarmUpUsual = 5;
    private const int RoundsUsual = 3;

    /// <summary>A second around the world and back is more than any cable takes.</summary>
    private const int DelayMsMax = 500;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> delays = RunOptions.List(
            "--delay-ms", "One-way delays between any two nodes, beside none.", 50, 150);
        Option<IReadOnlyList<int>> validators = RunOptions.List(
            "--validators", "Sizes of the consortium, one after the other.", 4, 7);
        Option<int> outstanding = RunOptions.Number(
            "--outstanding", "Transactions under way where throughput is measured.", OutstandingUsual, 1,
            HostCapacity.ClientsMax);
        Option<int> seconds = RunOptions.Seconds(SecondsUsual);
        Option<int> warmUp = RunOptions.WarmUp(WarmUpUsual);
        Option<int> rounds = RunOptions.Rounds(RoundsUsual);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "wan",
            "Measure latency and throughput with a delay between the nodes, and without.\n"
            + "Example: ./ledger bench wan --delay-ms 50,150 --validators 4,7 --json wan.json")
        {
            delays, validators, outstanding, seconds, warmUp, rounds, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new WanOptions(
                result.GetRequiredValue(delays),
                result.GetRequiredValue(validators),
                result.GetRequiredValue(outstanding),
                new LoadTimes(
                    TimeSpan.FromSeconds(result.GetRequiredValue(warmUp)),
                    TimeSpan.FromSeconds(result.GetRequiredValue(seconds))),
                result.GetRequiredValue(rounds),
                result.GetRequiredValue(seed)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(WanOptions options, string? json, CancellationToken interrupt)
    {
        if (options.DelaysMs.Any(delay => delay > DelayMsMax))
        {
            Console.Error.WriteLine(
                $"ledger-bench: --delay-ms may be {DelayMsMax} at most: nodes take a leader for silent beyond that.");
            return ExitCode.WrongUse;
        }

        RunContext context = RunContext.Of(options.Seed);
        WanRun run = new(options, RunFolder.Of("bench-wan"));
        return await PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => Show(run.Points),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, ReportFile.Of(
                        context, null, isPartial || !run.IsWhole, run.Json, run.Json.LastOrDefault()));
                }
            },
            interrupt);
    }

    private static void Show(IReadOnlyList<WanPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in (string[])
            ["validators", "one way ms", "p50 of one ms", "in delays", "tx/s of many", "p50 ms", "of loopback"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach ((WanSize size, LoadPoint load) in points)
        {
            table.AddRow(
                Number(load.Validators), Number(size.DelayMs), Number(size.OneClientLatencyMs.P50),
                size.OneWayDelays is { } delays ? Number(delays) : "-", Number(load.TxPerS),
                Number(load.LatencyMs.P50), Number(size.RatioLoopback));
        }

        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
