using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;

namespace Ledger.Simulator.Network;

/// <summary>A snapshot on its way from one process to another.</summary>
public sealed record SnapshotTransfer(
    SimulatedNode Node, SimulatedNode Peer, BlockRecord Head, ReplicatedState Offered, Action Then)
{
    /// <summary>The parts that have come, each proven.</summary>
    public List<IReadOnlyList<int>> Parts { get; } = [];
}
