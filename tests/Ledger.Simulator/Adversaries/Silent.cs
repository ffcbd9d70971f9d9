using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Never says anything.</summary>
public sealed class Silent(World world, SimulatedNode node) : Adversary(world, node)
{
    /// <inheritdoc/>
    public override bool RunsKernel => false;
}
