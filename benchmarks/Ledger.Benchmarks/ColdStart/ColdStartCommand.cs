using System.CommandLine;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Reporting;
using Ledger.Benchmarks.Running;
using ExitCode = Ledger.Node.Commands.ExitCode;

namespace Ledger.Benchmarks.ColdStart;

/// <summary><c>bench coldstart</c>: accuracy at a new school by week, with and without a packet of features.</summary>
public static class ColdStartCommand
{
    private const int RoundsUsual = 10;
    private const int WeeksUsual = 12;

    /// <summary>The rest of the year, by which predictions are judged, is 26 weeks with the winter break.</summary>
    private const int WeeksMax = 20;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string?> json = new("--json") { Description = "Write the figures to this file." };
        Option<string?> page = new("--out") { Description = "Write a page with the plot to this file." };
        Option<ulong> seed = new("--seed")
        {
            Description = "Seed of the first round.", DefaultValueFactory = _ => ReplayCommand.SeedUsual,
        };
        Option<int> rounds = RunOptions.Number(
            "--rounds", "Rounds, each with two simulated years of its own.", RoundsUsual, 1, CommonOptions.RoundsMax);
        Option<int> weeks = RunOptions.Number(
            "--weeks", "Weeks that are observed at the new school.", WeeksUsual, 1, WeeksMax);
        Command command = new(
            "coldstart",
            "Measure what a packet of features is worth at a new school, on simulated students.\n"
            + "Example: ./ledger bench coldstart --json coldstart.json --out coldstart.html")
        {
            json, page, seed, rounds, weeks,
        };
        command.SetAction((result, interrupt) => RunAsync(
            result.GetValue(json), result.GetValue(page), result.GetRequiredValue(seed),
            result.GetRequiredValue(rounds), result.GetRequiredValue(weeks), interrupt));
        return command;
    }

    private static async Task<int> RunAsync(
        string? json, string? page, ulong seed, int rounds, int weeks, CancellationToken interrupt)
    {
        // A page is made of figures that are kept beside it.
        string? figures = json ?? (page is null ? null : Path.ChangeExtension(page, ".json"));
        int code = await RunEnding.RunAsync(
            new RunFiles(figures, Csv: null), seed,
            _ => new ColdStartRun(seed, rounds, weeks, every: 1), interrupt);
        if (page is null || figures is null || code != ExitCode.Done)
        {
            return code;
        }

        return await BenchmarkEdge.RunAsync(() =>
        {
            ReportPage.Write(page, ResultFiles.Read([figures]));
            Console.WriteLine($"The page is {page}");
            return Task.FromResult(code);
        });
    }
}
