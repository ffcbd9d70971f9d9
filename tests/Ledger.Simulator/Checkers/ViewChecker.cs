using Ledger.Consensus;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>The view of a node never goes back, in memory or on disk.</summary>
public sealed class ViewChecker(World world) : Checker(world, "views")
{
    private readonly ulong[] views = new ulong[world.Nodes.Count];
    private readonly ulong[] floors = new ulong[world.Nodes.Count];

    /// <summary>The highest view of an honest node.</summary>
    public ulong Highest { get; private set; }

    /// <summary>A disk was lost with all that was on it.</summary>
    public void OnDiskLost(SimulatedNode node) => floors[node.Index] = 0;

    /// <summary>A restarted node stands where its disk says.</summary>
    public void OnStart(SimulatedNode node, ReplicaKernel kernel)
    {
        views[node.Index] = kernel.View;
        ulong floor = 0;
        if (node.Disk.VoteState.Length > 0)
        {
            if (!VoteState.TryRead(node.Disk.VoteState, out VoteState? state, out _))
            {
                throw Broken(node, "started on a vote state that cannot be read");
            }

            floor = state.ViewFloor;
        }

        if (kernel.View < floor)
        {
            throw Broken(node, $"restarted in view {kernel.View}, below {floor} of its vote state");
        }

        if (floor < floors[node.Index] && !node.IsObserverForGood)
        {
            throw Broken(node, $"has view {floor} on its disk after view {floors[node.Index]}");
        }

        floors[node.Index] = floor;
    }

    /// <summary>A tick has passed.</summary>
    public void OnView(SimulatedNode node, ulong view)
    {
        if (!node.IsHonest)
        {
            return;
        }

        if (view < views[node.Index])
        {
            throw Broken(node, $"went back from view {views[node.Index]} to {view}");
        }

        views[node.Index] = view;
        Highest = Math.Max(Highest, view);
    }
}
