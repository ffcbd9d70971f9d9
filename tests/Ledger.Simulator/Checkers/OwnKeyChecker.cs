using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>A node that has its key alone, and its disk, never takes a message of its own for another's.</summary>
public sealed class OwnKeyChecker(World world) : Checker(world, "own-key")
{
    /// <summary>A node believes that its key is used elsewhere.</summary>
    public void OnKeyUsedElsewhere(SimulatedNode node)
    {
        if (node.IsHonest && !node.HasForgotten)
        {
            throw Broken(node, "takes its own message for another's");
        }
    }
}
