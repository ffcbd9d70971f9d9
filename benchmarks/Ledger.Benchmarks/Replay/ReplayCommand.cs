using System.CommandLine;
using System.Text.Json;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Spectre.Console;

namespace Ledger.Benchmarks.Replay;

/// <summary><c>bench replay</c>: the paper's workload alone.</summary>
public static class ReplayCommand
{
    /// <summary>The seed where none is given: the day on which the paper appeared.</summary>
    public const ulong SeedUsual = 20190412;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<bool> native = new("--native")
        {
            Description = "Use atomic groups and batches instead of one operation a transaction.",
        };
        Option<ulong> seed = new("--seed")
        {
            Description = "Seed of the sample.",
            DefaultValueFactory = _ => SeedUsual,
        };
        Option<string?> json = new("--json") { Description = "Write the figures to this file." };
        Command command = new(
            "replay",
            "Replay the paper's workload: 500 records of 291 learners, 3,104 contract operations.\n"
            + "Example: ./ledger bench replay --json replay.json")
        {
            native, seed, json,
        };
        command.SetAction((result, cancellation) => BenchmarkEdge.RunAsync(() => RunAsync(
            result.GetValue(native), result.GetValue(seed), result.GetValue(json), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(bool native, ulong seed, string? json, CancellationToken cancellation)
    {
        string folder = RunFolder.Of("bench");
        Console.WriteLine($"Four nodes start in {folder}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep: false);
        PaperReplay replay = new(workspace.Consortium, seed, native);
        using Cast cast = new(workspace.Consortium, replay.Sample.Students.Count);
        ReplayResult result = await ReplayProgress.ShowAsync(begin => replay.RunAsync(cast, begin, cancellation));
        ReplayTable.Write(result);
        if (json is not null)
        {
            await File.WriteAllTextAsync(json, JsonSerializer.Serialize(result, Json), cancellation);
        }

        return result is { HeadsEqual: true, StateRootsEqual: true } ? ExitCode.Done : ExitCode.NotVerified;
    }
}
