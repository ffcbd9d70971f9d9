using System.CommandLine;
using System.Globalization;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Spectre.Console;

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

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<IReadOnlyList<int>> nodes = RunOptions.List("--nodes", "Numbers of validators, such as 4,7,10,16.");
        Option<IReadOnlyList<int>> records = RunOptions.List(
            "--records", "Numbers of records on the ledger of four validators, rising, such as 100000,1000000.");
        Option<IReadOnlyList<int>> blocks = RunOptions.List(
            "--blocks", "Lengths of the chain of the same four, rising, such as 1000,10000.");
        Option<int> clients = RunOptions.Number(
            "--clients", "Clients of the load.", ClientsUsual, 1, HostCapacity.ClientsMax);
        Option<int> learners = RunOptions.Number(
            "--learners", "Learners whose records grow, with 20 verbs each.", LearnersUsual, 1, LearnersMax);
        Option<int> seconds = RunOptions.Seconds(SecondsUsual);
        Option<int> warmUp = RunOptions.WarmUp(WarmUpUsual);
        Option<int> rounds = RunOptions.Rounds(RoundsUsual);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "scale",
            "Measure what a transaction costs as validators, records or blocks grow; only what is named.\n"
            + "Example: ./ledger bench scale --nodes 4,7,10,16 --records 100000,1000000 --json scale.json")
        {
            nodes, records, blocks, clients, learners, seconds, warmUp, rounds, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new ScaleOptions(
                result.GetRequiredValue(nodes),
                result.GetRequiredValue(records),
                result.GetRequiredValue(blocks),
                result.GetRequiredValue(clients),
                new WorldSize(result.GetRequiredValue(learners), Verbs),
                new LoadTimes(
                    TimeSpan.FromSeconds(result.GetRequiredValue(warmUp)),
                    TimeSpan.FromSeconds(result.GetRequiredValue(seconds))),
                result.GetRequiredValue(rounds),
                result.GetRequiredValue(seed)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(ScaleOptions options, string? json, CancellationToken interrupt)
    {
        if (Problem(options) is { } problem)
        {
            Console.Error.WriteLine("ledger-bench: " + problem);
            return ExitCode.WrongUse;
        }

        RunContext context = RunContext.Of(options.Seed);
        ScaleRun run = new(options, RunFolder.Of("bench-scale"));
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

    private static string? Problem(ScaleOptions options)
    {
        static bool Rises(IReadOnlyList<int> numbers) =>
            numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
        if (options.Nodes.Count + options.Records.Count + options.Blocks.Count == 0)
        {
            return "name what grows: --nodes 4,7,10,16, --records 100000,1000000 or --blocks 1000,10000.";
        }

        if (!Rises(options.Records) || !Rises(options.Blocks))
        {
            return "--records and --blocks must rise: one ledger grows from the first to the last.";
        }

        return options.Records.Any(records => records > RecordsMax)
            ? string.Create(CultureInfo.InvariantCulture, $"--records may be {RecordsMax:N0} at most.")
            : null;
    }

    private static void Show(IReadOnlyList<ScalePoint> points)
    {
        if (points.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Simple);
        foreach (string name in (string[])
            ["validators", "records", "height", "tx/s", "p50 ms", "CPU ms/tx", "of one", "look-up p50, p99 ms"])
        {
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        }

        foreach ((ScaleSize size, LoadPoint load) in points)
        {
            table.AddRow(
                Whole(load.Validators), Whole(size.RecordsOnLedger), Whole(size.Height), Whole(load.TxPerS),
                Three(load.LatencyMs.P50), Three(load.CpuMsPerTx), Three(size.CpuMsPerTxValidator),
                size.LookupMs is { } lookup ? $"{Three(lookup.P50)}, {Three(lookup.P99)}" : "-");
        }

        AnsiConsole.Write(table);
    }

    private static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Three(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
