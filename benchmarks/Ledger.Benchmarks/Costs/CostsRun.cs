using System.Text.Json.Nodes;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Costs;

/// <summary>
/// <c>bench costs</c>: the costs of calls in this process, then the trace of agreement on four real nodes.
/// </summary>
public sealed class CostsRun(int blocks, string folder) : IBenchmarkRun
{
    private AgreementTrace? trace;

    /// <inheritdoc/>
    public bool IsWhole => Costs.Count > 0 && Blocks.Count == blocks;

    /// <summary>What each call costs; empty until it was measured.</summary>
    public IReadOnlyList<OperationCost> Costs { get; private set; } = [];

    /// <summary>The blocks that were traced so far.</summary>
    public IReadOnlyList<AgreementBlock> Blocks => trace?.Blocks ?? [];

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireMemoryFor(blocks == 0 ? 0 : DevnetPlan.NodesMin);

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report("Each contract call is applied in this process");
        Costs = await Task.Run(() => new OperationCostRun().Run(interrupt), interrupt);
        if (blocks == 0)
        {
            return;
        }

        progress.Report($"{blocks} blocks are agreed on, one after the other");
        await BenchmarkConsortium.UseAsync(
            folder, DevnetPlan.NodesMin,
            consortium =>
            {
                trace = new AgreementTrace(consortium);
                return trace.RunAsync(blocks, interrupt);
            },
            progress, interrupt);
    }

    /// <inheritdoc/>
    public void Show() => CostsText.Write(this);

    /// <summary>What every run has is of the traced blocks, one transaction each.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        JsonObject report = ReportFile.Of(context, isPartial, trace?.Figures);
        report["costs"] = ResultJson.Node(Costs);
        report["agreement"] = ResultJson.Node(Blocks);
        return report;
    }
}
