using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Costs;

/// <summary>The costs of calls in this process, then the trace of agreement on four real nodes.</summary>
public sealed class CostsRun(int blocks, string folder)
{
    private AgreementTrace? trace;

    /// <summary>What each call costs; empty until it was measured.</summary>
    public IReadOnlyList<OperationCost> Costs { get; private set; } = [];

    /// <summary>The blocks that were traced so far.</summary>
    public IReadOnlyList<AgreementBlock> Blocks => trace?.Blocks ?? [];

    /// <summary>Measures.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report("Each contract call is applied in this process");
        Costs = await Task.Run(() => new OperationCostRun().Run(interrupt), interrupt);
        if (blocks == 0)
        {
            return;
        }

        progress.Report($"{DevnetPlan.NodesMin} validators start in {folder}, and agree on {blocks} blocks");
        await using BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(
            folder, DevnetPlan.NodesMin, interrupt);
        trace = new AgreementTrace(consortium);
        await consortium.Watch.GuardAsync(() => trace.RunAsync(blocks, interrupt));
    }
}
