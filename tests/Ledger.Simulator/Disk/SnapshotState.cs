using Ledger.Simulator.Nodes;

namespace Ledger.Simulator.Disk;

/// <summary>
/// A decided block with the state after it: what a node that did not see the blocks before begins with.
/// </summary>
public sealed record SnapshotState(BlockRecord Record, ReplicatedState State);
