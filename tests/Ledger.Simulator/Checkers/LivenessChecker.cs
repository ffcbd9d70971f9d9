using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// After healing, a transaction that was sent to every live node is committed by every live node within R = (f + 2) ·
/// Tmax, and within 2 · Tmax when all are honest.
/// </summary>
public sealed class LivenessChecker(World world) : Checker(world, "liveness")
{
    /// <summary>Whether all have it that must.</summary>
    public bool IsMet(int probe)
    {
        foreach (SimulatedNode node in World.Nodes)
        {
            if (node.IsHonest && !(node.IsUp && node.Executor.State.Has(probe)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether all stand at the newest decided height.</summary>
    public bool AreAllAtTheHead()
    {
        foreach (SimulatedNode node in World.Nodes)
        {
            if (node.IsHonest && !(node.IsUp && node.Disk.Height == World.Chain.Height))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fails when the bound is over.</summary>
    public void OnTick(int probe, long healedTicks, long boundTicks)
    {
        if (healedTicks > boundTicks)
        {
            throw new SimulationFailure(Name, $"tick {World.Now}: no commit of the probe within "
                + $"{boundTicks * Ledger.Consensus.Ticks.MillisecondsPerTick / 1000} s; {Describe(probe)}");
        }
    }

    /// <summary>With q live validators in calm conditions, there are more blocks than this.</summary>
    public void FailOfFewCommits() => throw new SimulationFailure(
        Name, $"only {World.Chain.Height} commits in {World.Now} ticks with faults; {Describe(-1)}");

    private string Describe(int probe) => string.Join("; ", World.Nodes.Select(node => node.IsUp
        ? $"{node.Index}/{node.Kind} h{node.Kernel.Height} v{node.Kernel.View}"
            + $"{(node.Kernel.IsChangingView ? "?" : "")} pool {node.Executor.Pending.Count}"
            + $" {node.Kernel.Standing}{(node.IsObserverForGood ? " for good" : "")}"
            + $"{(node.Executor.State.Has(probe) ? " done" : "")}"
        : $"{node.Index}/{node.Kind} down"));
}
