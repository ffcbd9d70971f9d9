using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Contracts.Transactions;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary><c>bench population</c>: all 498,842 records on four nodes.</summary>
public static class PopulationCommand
{
    /// <summary>As many as a node's own anchoring puts into one transaction.</summary>
    private const int BatchUsual = 500;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> intake = new("--intake")
        {
            Description = "Let the record stores take all records in too, afterwards, and report it apart.",
        };
        Option<int> batch = RunOptions.Number(
            "--batch", "Records of a transaction, at most.", BatchUsual, 1, TransactionLimits.RecordsMax);
        Option<int> records = RunOptions.Number(
            "--records", "Write the first N records only.", Population.RecordCount, 1, Population.RecordCount);
        Option<ulong> seed = RunOptions.Seed();
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "population",
            "Write the whole population, 498,842 records of 651 students, from prepared commitments to certified and "
            + "indexed.\nExample: ./ledger bench population --intake --json population.json")
        {
            intake, batch, records, seed, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            new PopulationOptions(
                result.GetValue(seed), result.GetValue(records), result.GetValue(batch), result.GetValue(intake)),
            result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(PopulationOptions options, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(options.Seed);
        string folder = RunFolder.Of("bench");
        Console.WriteLine($"Four nodes start in {folder}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep: false);
        using Cast cast = new(workspace.Consortium, PaperFigures.PopulationStudents);
        PopulationRun run = new(options, workspace.Consortium, cast);
        int code = await PartialRun.RunAsync(
            () => ConsoleProgress.ShowAsync(progress => run.RunAsync(progress, interrupt)),
            () => PopulationText.Write(run.Figures),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, Document(context, run, isPartial || !run.IsWhole));
                }
            },
            interrupt);
        bool isRight = run.Figures is { HeadsEqual: true } figures && figures.ContractsRead == figures.ContractsRight;
        return code == ExitCode.Done && !isRight ? ExitCode.NotVerified : code;
    }

    private static JsonObject Document(RunContext context, PopulationRun run, bool isPartial)
    {
        PopulationFigures[] points = run.Figures is { } figures ? [figures] : [];
        return ReportFile.Of(context, host: null, isPartial, points, run.Figures);
    }
}
