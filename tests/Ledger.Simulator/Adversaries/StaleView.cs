using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Says everything in views that are over.</summary>
public sealed class StaleView(World world, SimulatedNode node) : Adversary(world, node)
{
    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        ConsensusMessage? stale = packet.Content is { View: > 0 } content
            ? MessageChange.WithView(
                content, content.View - 1 - (ulong)World.Prng.Below((int)Math.Min(content.View, 8)))
            : null;
        base.OnSend(stale is null ? packet : Sign(stale), recipients);
    }
}
