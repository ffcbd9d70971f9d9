using System.Diagnostics;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Parts;

namespace Ledger.Benchmarks.Parts;

/// <summary><c>bench parts</c>: the program of the parts, which writes what came to its end after each part.</summary>
public sealed class PartsRun(IReadOnlyList<string> filters, string folder) : IBenchmarkRun
{
    private readonly string rows = Path.Combine(folder, "parts.json");

    /// <inheritdoc/>
    public bool IsWhole { get; private set; }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        Directory.CreateDirectory(folder);
        File.Delete(rows);
        ProcessStartInfo start = new("dotnet") { UseShellExecute = false };
        string[] filtered = [.. filters.SelectMany(static filter => (string[])["--filter", filter])];
        foreach (string argument in (string[])
            [PartsProgram.AssemblyFile, .. filtered, "--json", rows, "--artifacts", folder])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)
            ?? throw new BenchmarkException("The program dotnet cannot be started. Is it on the path?");
        try
        {
            await process.WaitForExitAsync(interrupt);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        if (process.ExitCode != 0)
        {
            throw new BenchmarkException("The parts did not come to their end; what they said stands above.");
        }

        IsWhole = true;
    }

    /// <summary>The program has shown its own tables.</summary>
    public void Show()
    {
    }

    /// <summary>What a run with a ledger has is absent: there is none.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, chief: null);
        report["parts"] = File.Exists(rows) ? JsonNode.Parse(File.ReadAllText(rows)) : new JsonArray();
        return report;
    }
}
