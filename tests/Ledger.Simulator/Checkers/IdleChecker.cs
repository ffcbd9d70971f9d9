using Ledger.Consensus;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>Where all are honest and nothing waits, no view changes: an idle ledger is silent.</summary>
public sealed class IdleChecker(World world) : Checker(world, "idle")
{
    /// <summary>What is under way when the last pool has become empty has then arrived.</summary>
    public const int SettleTicks = 50;

    /// <summary>Longer than the first time-out of a view.</summary>
    public const int WatchTicks = 75;

    private ulong highest;

    /// <summary>Whether somebody lies, so that others may wait for what never comes.</summary>
    public bool IsDisturbed => World.Plan.Faulty > 0;

    /// <summary>
    /// Whether all stand at the head, nothing waits anywhere and no view is being left. Up to f that gave up a leader
    /// alone may wait for the others to follow, for as long as these have no reason.
    /// </summary>
    public bool IsIdle()
    {
        ValidatorSet seats = World.Chain.CurrentSet;
        int leaving = 0;
        foreach (SimulatedNode node in World.Nodes)
        {
            if (!node.IsUp || node.Executor.Pending.Count > 0)
            {
                return false;
            }

            leaving += node.Kernel.IsChangingView && seats.IndexOf(node.Address) >= 0 ? 1 : 0;
        }

        return World.Checks.Liveness.AreAllAtTheHead() && leaving <= seats.FaultyMax;
    }

    /// <summary>From here on no view may change.</summary>
    public void Begin() => highest = World.Checks.Views.Highest;

    /// <summary>Fails when one has.</summary>
    public void End()
    {
        foreach (SimulatedNode node in World.Nodes)
        {
            if (node.Kernel.View > highest)
            {
                throw Broken(node, $"has left view {highest} for {node.Kernel.View} with nothing to do");
            }
        }
    }
}
