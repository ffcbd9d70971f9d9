using Ledger.Devnet;

namespace Ledger.Benchmarks.Running;

/// <summary>The process of a node that runs.</summary>
public static class NodeProcess
{
    /// <summary>Its number.</summary>
    /// <exception cref="BenchmarkException">The node has stopped; the text says where its log is.</exception>
    public static int IdOf(DevnetNode node) => LocalConsortium.Ready(node)?.ProcessId
        ?? throw new BenchmarkException($"{node.Name} has stopped. The end of its log is in {node.LogFile}.");
}
