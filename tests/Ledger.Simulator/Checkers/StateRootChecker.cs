using Ledger.Primitives;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>The state of a node at a height is the one that the decided header names, also after a restart.</summary>
public sealed class StateRootChecker(World world) : Checker(world, "state-roots")
{
    /// <summary>Checks the state of an honest node at its head.</summary>
    public void OnState(SimulatedNode node)
    {
        ulong height = node.Disk.Height;
        if (height == 0)
        {
            return;
        }

        Hash256 root = node.Executor.State.Root;
        if (root != World.Chain.HeaderOf(height).StateRoot)
        {
            throw Broken(node, $"has another state at height {height} than the header");
        }

        if (World.Seats.SetOf(node.Executor.State.Seats).Hash != World.Chain[height].NextSet.Hash)
        {
            throw Broken(node, $"has other seats after height {height} than were decided");
        }
    }
}
