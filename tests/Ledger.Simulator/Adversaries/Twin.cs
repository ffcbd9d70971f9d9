using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// One of two unmodified replicas with one key, each of which reaches a part of the others: equivocation and amnesia
/// without a line of code for it.
/// </summary>
public sealed class Twin(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int DeafPerMille = 300;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        foreach (SimulatedNode to in World.Nodes)
        {
            if (World.IsAddressed(Node, to, recipients) && !World.Prng.Chance(DeafPerMille))
            {
                World.Network.Carry(Node, to, packet);
            }
        }
    }
}
