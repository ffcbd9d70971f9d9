using System.CommandLine;
using System.Globalization;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Spectre.Console;

namespace Ledger.Benchmarks.Reads;

/// <summary><c>bench read</c>: reads with proof by id, against the web server alone.</summary>
public static class ReadCommand
{
    private const int SecondsUsual = 5;
    private const int WarmUpUsual = 3;
    private const int RoundsUsual = 3;
    private const int TransactionsUsual = 2_000;
    private const int TransactionsMax = 20_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> clients = RunOptions.Clients(64);
        Option<int> validators = RunOptions.Validators();
        Option<int> transactions = RunOptions.Number(
            "--transactions", "Transactions whose receipts are read.", TransactionsUsual, 1, TransactionsMax);
        Option<int> seconds = RunOptions.Seconds(SecondsUsual);
        Option<int> warmUp = RunOptions.WarmUp(WarmUpUsual);
        Option<int> rounds = RunOptions.Rounds(RoundsUsual);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "read",
            "Read receipts by transaction id, against the web server alone with answers of equal size.\n"
            + "Example: ./ledger bench read --clients 1,64 --rounds 3 --json read.json")
        {
            clients, validators, transactions, seconds, warmUp, rounds, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new ReadOptions(
                result.GetRequiredValue(clients),
                result.GetRequiredValue(validators),
                result.GetRequiredValue(transactions),
                new LoadTimes(
                    TimeSpan.FromSeconds(result.GetRequiredValue(warmUp)),
                    TimeSpan.FromSeconds(result.GetRequiredValue(seconds))),
                result.GetRequiredValue(rounds),
                result.GetRequiredValue(seed)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static Task<int> RunAsync(ReadOptions options, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(options.Seed);
        ReadRun run = new(options, RunFolder.Of("bench"));
        return PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => Show(run.Points),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, ReportFile.Of(
                        context, null, isPartial || !run.IsWhole, run.Points,
                        run.Points.MaxBy(point => point.ReadsPerS)));
                }
            },
            interrupt);
    }

    private static void Show(IReadOnlyList<ReadPoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in (string[])
            ["clients", "reads/s", "p50 ms", "p99 ms", "CPU ms", "web server/s", "p50 ms", "CPU ms", "ratio"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach (ReadPoint point in points)
        {
            table.AddRow([.. ((double[])
                [point.Clients, point.ReadsPerS, point.LatencyMs.P50, point.LatencyMs.P99, point.CpuMsPerRead,
                    point.KestrelPerS, point.KestrelLatencyMs.P50, point.KestrelCpuMsPerCall, point.RatioKestrel])
                .Select(value => value.ToString(value >= 100 ? "N0" : "0.###", CultureInfo.InvariantCulture))]);
        }

        AnsiConsole.Write(table);
    }
}
