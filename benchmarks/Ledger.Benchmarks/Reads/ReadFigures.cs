using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Usage;

namespace Ledger.Benchmarks.Reads;

/// <summary>One round: a node and the bare web server, one after the other, by the same clients.</summary>
public sealed record ReadFigures
{
    /// <summary>What every run has, of the reads from the node: they sign nothing and make no block.</summary>
    [Flat]
    public required RunFigures Run { get; init; }

    /// <summary>Both, one beside the other.</summary>
    [Flat]
    public required ReadComparison Compared { get; init; }

    /// <summary>Whether the round was ended early.</summary>
    public required bool Partial { get; init; }

    /// <summary>Puts a round together.</summary>
    /// <param name="clients">Clients.</param>
    /// <param name="node">Reads from a node, with the counters of all nodes.</param>
    /// <param name="place">The place of that node.</param>
    /// <param name="kestrel">Calls of the web server.</param>
    /// <param name="limits">The host's limits.</param>
    public static ReadFigures Of(
        int clients, LoadRound<LedgerCounters> node, int place, LoadRound<UsageSnapshot> kestrel, HostLimits limits)
    {
        LoadMeasure reads = LoadMeasure.Of(node.Samples, node.Window);
        LoadMeasure calls = LoadMeasure.Of(kestrel.Samples, kestrel.Window);
        TimeSpan ofNode = node.After.Usage.Nodes[place].Cpu - node.Before.Usage.Nodes[place].Cpu;
        UsageSpan ofKestrel = UsageSpan.Between(kestrel.Before, kestrel.After, Environment.ProcessorCount);
        return new ReadFigures
        {
            Run = RunFigures.Of(clients, reads, node.Before, node.After, limits) with { ShareOfLimit = null },
            Compared = new ReadComparison
            {
                ReadsPerS = Round(reads.OperationsPerS),
                CpuMsPerRead = reads.Operations == 0 ? 0 : Round(ofNode.TotalMilliseconds / reads.Operations),
                KestrelPerS = Round(calls.OperationsPerS),
                KestrelLatencyMs = calls.LatencyMs,
                KestrelCpuMsPerCall = Round(ofKestrel.NodesCpuMsPer(calls.Operations)),
                RatioKestrel = calls.Operations == 0 ? 0 : Round(reads.OperationsPerS / calls.OperationsPerS),
            },
            Partial = node.IsPartial || kestrel.IsPartial,
        };
    }

    private static double Round(double figure) => Math.Round(figure, RunFigures.Decimals);
}
