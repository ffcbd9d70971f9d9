using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Sends again, all the time, what anybody ever said, also when the network has healed.</summary>
public sealed class Replayer(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int PerMille = 400;

    /// <inheritdoc/>
    public override void OnTick()
    {
        if (World.Prng.Chance(PerMille) && World.Packets.Count > 0)
        {
            SimulatedNode to = World.Nodes[World.Prng.Below(World.Nodes.Count)];
            if (to != Node)
            {
                World.Network.Carry(Node, to, World.Packets.Any(World.Prng));
            }
        }
    }
}
