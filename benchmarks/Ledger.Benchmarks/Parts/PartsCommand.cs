using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Devnet;
using Ledger.Node.Commands;
using Ledger.Parts;

namespace Ledger.Benchmarks.Parts;

/// <summary><c>bench parts</c>: what the parts of a node cost, in a process of its own.</summary>
public static class PartsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string[]> filter = new("--filter")
        {
            Description = "Patterns of names, such as *Verify* or *StateTree*.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["*"],
        };
        Option<string?> json = new("--json") { Description = "Write the figures to this file." };
        Command command = new(
            "parts",
            "Measure the parts alone: verify, hash, commitment, codec, apply, state tree, commit, proof, store.\n"
            + "Example: ./ledger bench parts --filter *Verify* --json parts.json")
        {
            filter, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            result.GetRequiredValue(filter), result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(string[] filters, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(seed: 0);
        string folder = RunFolder.Of("parts");
        Directory.CreateDirectory(folder);
        string rows = Path.Combine(folder, "parts.json");
        File.Delete(rows);
        int code = await RunProgramAsync(
            [.. filters.SelectMany(filter => (string[])["--filter", filter]), "--json", rows, "--artifacts", folder],
            interrupt);
        if (json is not null && File.Exists(rows))
        {
            JsonObject report = ReportFile.Of<object>(context, host: null, isPartial: code != ExitCode.Done, [], null);
            report.Remove("points");
            report.Remove("seed");
            report["parts"] = JsonNode.Parse(await File.ReadAllTextAsync(rows, CancellationToken.None));
            ReportFile.Write(json, report);
        }

        return code;
    }

    private static async Task<int> RunProgramAsync(string[] arguments, CancellationToken interrupt)
    {
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        foreach (string argument in (string[])[PartsProgram.AssemblyFile, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)
            ?? throw new BenchmarkException("The program dotnet cannot be started. Is it on the path?");
        try
        {
            await process.WaitForExitAsync(interrupt);
            return process.ExitCode == 0 ? ExitCode.Done : ExitCode.Refused;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Console.Error.WriteLine("ledger-bench: interrupted; the parts that came to their end are kept as partial.");
            return ExitCode.Refused;
        }
    }
}
