using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Says everything in views that are over.</summary>
public sealed class StaleView(World world, SimulatedNode node) : Adversary(world, node)
{
    private const ulong ViewsBackMax = 8;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        ConsensusMessage? stale = null;
        if (packet.Content is { View: > 0 } content)
        {
            int back = World.Prng.Between(1, (int)Math.Min(content.View, ViewsBackMax));
            stale = MessageChange.WithView(content, content.View - (ulong)back);
        }

        base.OnSend(stale is null ? packet : Sign(stale), recipients);
    }
}
