using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Parts;

/// <summary><c>bench parts</c>: the program of the parts, which writes what came to its end after each part.</summary>
public sealed class PartsRun(IReadOnlyList<string> filters, string folder) : IBenchmarkRun
{
    private readonly string rows = Path.Combine(folder, "parts.json");

    /// <inheritdoc/>
    public bool IsWhole { get; private set; }

    /// <summary>The program refuses names that no part has.</summary>
    public void Require()
    {
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        Directory.CreateDirectory(folder);
        File.Delete(rows);
        string[] filtered = [.. filters.SelectMany(static filter => (string[])["--filter", filter])];
        await PartsProcess.RunAsync([.. filtered, "--json", rows, "--artifacts", folder], interrupt);
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
