using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Costs;

/// <summary><c>bench costs</c>: what each call of a contract costs, and what agreement on a block takes.</summary>
public static class CostsCommand
{
    private const int BlocksUsual = 200;
    private const int BlocksMax = 100_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<int> blocks = RunOptions.Number(
            "--blocks", "Blocks whose agreement is traced; 0 for none.", BlocksUsual, 0, BlocksMax);
        Option<string?> json = RunOptions.Json();
        Command command = new(
            "costs",
            "Measure bytes, work units and processor time of each contract call, and messages, signatures and time of "
            + "agreement.\nExample: ./ledger bench costs --json costs.json")
        {
            blocks, json,
        };
        command.SetAction((result, interrupt) => BenchmarkEdge.RunAsync(() => RunAsync(
            result.GetRequiredValue(blocks), result.GetValue(json), interrupt)));
        return command;
    }

    private static async Task<int> RunAsync(int blocks, string? json, CancellationToken interrupt)
    {
        RunContext context = RunContext.Of(seed: 0);
        CostsRun run = new(blocks, RunFolder.Of("bench"));
        return await PartialRun.RunAsync(
            () => run.RunAsync(LineProgress.Instance, interrupt),
            () => CostsText.Write(run),
            isPartial =>
            {
                if (json is not null)
                {
                    ReportFile.Write(json, Document(context, run, isPartial));
                }
            },
            interrupt);
    }

    /// <summary>The figures with their context.</summary>
    public static JsonObject Document(RunContext context, CostsRun run, bool isPartial)
    {
        JsonObject report = ReportFile.Of<object>(context, host: null, isPartial, [], null);
        report.Remove("points");
        report.Remove("seed");
        report["validators"] = DevnetPlan.NodesMin;
        report["costs"] = JsonSerializer.SerializeToNode(run.Costs, Json);
        report["agreement"] = JsonSerializer.SerializeToNode(run.Blocks, Json);
        return report;
    }
}
