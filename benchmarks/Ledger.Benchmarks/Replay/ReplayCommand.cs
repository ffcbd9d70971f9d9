using System.CommandLine;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Logs;
using Ledger.Benchmarks.Results;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary><c>bench replay</c>: the paper's workload alone, or a researcher's own log.</summary>
public static class ReplayCommand
{
    /// <summary>The seed where none is given: the day on which the paper appeared.</summary>
    public const ulong SeedUsual = 20190412;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> native = new("--native")
        {
            Description = "Use atomic groups and batches instead of one operation a transaction.",
        };
        Option<string?> input = new("--input")
        {
            Description = "Replay this log instead: JSON lines, each an xAPI statement or a Caliper event.",
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "Seed of the sample.",
            DefaultValueFactory = _ => SeedUsual,
        };
        Option<string?> json = new("--json") { Description = "Write the figures to this file." };
        Option<string?> csv = new("--csv") { Description = "Write the time of every operation to this file." };
        Command command = new(
            "replay",
            "Replay the paper's workload: 500 records of 291 learners, 3,104 contract operations; or a log of yours.\n"
            + "Example: ./ledger bench replay --json replay.json\n"
            + "Example: ./ledger bench replay --input statements.jsonl --native --csv operations.csv")
        {
            native, input, seed, json, csv,
        };
        command.SetAction((result, cancellation) => BenchmarkEdge.RunAsync(() => RunAsync(
            new ReplayOptions(
                result.GetValue(native), result.GetValue(input), result.GetValue(seed), result.GetValue(json),
                result.GetValue(csv)),
            cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ReplayOptions options, CancellationToken cancellation)
    {
        RunContext context = RunContext.Of(options.Seed);
        ReplayLog? log = options.Input is { } input ? ReplayLog.Read(input) : null;
        ReplayWork work = log?.Work ?? ReplayWork.Of(new PaperSample(options.Seed));
        string folder = RunFolder.Of("bench");
        Console.WriteLine($"Four nodes start in {folder}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep: false);
        using Cast cast = new(workspace.Consortium, work.LearnerCount);
        MeasuredReplay replay = new(work, options.Seed, options.Native);
        ReplayRun run;
        try
        {
            run = await ReplayProgress.ShowAsync(begin => replay.RunAsync(cast, begin, cancellation));
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new BenchmarkException("Interrupted before anything was decided: there is nothing to report.");
        }

        ReplayResult result = run.Figures;
        ReplayTable.Write(result, withPaper: log is null);
        await WriteAsync(context, options, log, run);
        if (result.Partial)
        {
            Console.WriteLine("Interrupted: the figures are of what was decided until then.");
        }

        return result is { HeadsEqual: true, StateRootsEqual: true, Partial: false }
            ? ExitCode.Done
            : ExitCode.NotVerified;
    }

    // An interrupted run writes what it has, too.
    private static async Task WriteAsync(RunContext context, ReplayOptions options, ReplayLog? log, ReplayRun run)
    {
        if (options.Json is { } json)
        {
            JsonObject document = ReportFile.Of(
                context, host: null, run.Figures.Partial, [], ReportFile.Join(run.Figures, run.Usual));
            document.Remove("points");
            log?.AddTo(document);
            ReportFile.Write(json, document);
        }

        if (options.Csv is { } csv)
        {
            await OperationsCsv.WriteAsync(csv, run, CancellationToken.None);
        }
    }
}
