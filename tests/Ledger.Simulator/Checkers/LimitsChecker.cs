using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>A replica keeps no more messages of others than it says, whatever they send.</summary>
public sealed class LimitsChecker(World world) : Checker(world, "limits")
{
    /// <summary>A second has passed.</summary>
    public void OnSecond(SimulatedNode node)
    {
        if (node.IsHonest && node.Kernel.MessagesKept > node.Kernel.MessagesKeptMax)
        {
            throw Broken(
                node, $"keeps {node.Kernel.MessagesKept} messages, more than {node.Kernel.MessagesKeptMax}");
        }
    }
}
