using Ledger.Consensus;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>As a leader builds each block when nine tenths of the first time-out are over.</summary>
public sealed class SlowLeader(World world, SimulatedNode node) : Adversary(world, node)
{
    /// <inheritdoc/>
    public override int BuildDelayTicks => Ticks.TimeoutFirst * 9 / 10;
}
