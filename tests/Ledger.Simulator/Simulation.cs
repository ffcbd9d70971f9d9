using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// One run: a phase in which everything may fail, then healing, after which a probe must be committed by every live
/// node within R = (f + 2) · Tmax.
/// </summary>
public sealed class Simulation
{
    private readonly SimulationOptions options;
    private readonly SimulatedWorld world;
    private readonly int crashPerTick;
    private readonly int workPerMille;
    private readonly bool powerFails;

    private Simulation(SimulationOptions options)
    {
        this.options = options;
        world = new SimulatedWorld(options);
        crashPerTick = world.Prng.Below(6);
        workPerMille = world.Prng.Between(40, 200);
        powerFails = world.Prng.Chance(200);
    }

    /// <summary>
    /// Runs a seed; throws <see cref="SimulationFailure"/>, or lets a broken invariant through, when a promise is
    /// broken.
    /// </summary>
    public static SimulationResult Run(SimulationOptions options) => new Simulation(options).Run();

    private SimulationResult Run()
    {
        while (world.Now < options.FaultTicks)
        {
            DisturbAndSubmit();
            world.Step();
        }

        long healTicks = HealAndProbe();
        return new SimulationResult
        {
            Commits = world.Checker.Height,
            Views = world.Checker.ViewMax,
            Epochs = world.Checker.Epochs,
            Ticks = world.Now,
            HealTicks = healTicks,
            Crashes = world.Crashes,
            Partitions = world.Network.Changes,
            Messages = world.Messages,
            Evidence = world.Checker.Evidence,
            Fingerprint = world.Checker.Fingerprint,
        };
    }

    private void DisturbAndSubmit()
    {
        Prng prng = world.Prng;
        if (prng.Chance(workPerMille))
        {
            ImmutableArray<int> newSet = prng.Chance(30) ? world.DrawNewSet() : [];
            Hash256 leaf = world.NewTransaction(newSet);
            SubmitTo(world.Nodes[prng.Below(world.Nodes.Count)], leaf);
            SubmitTo(world.Nodes[prng.Below(world.Nodes.Count)], leaf);
        }

        if (prng.Chance(4))
        {
            world.Network.Repartition();
            world.Say("the network changes");
        }

        if (prng.Below(1000) < crashPerTick)
        {
            CrashAndRestart(world.Nodes[prng.Below(world.Nodes.Count)]);
        }

        if (powerFails && prng.Below(options.FaultTicks) == 0)
        {
            foreach (SimulatedNode node in world.Nodes)
            {
                CrashAndRestart(node);
            }
        }
    }

    private static void SubmitTo(SimulatedNode node, Hash256 leaf)
    {
        if (node.IsUp)
        {
            node.Executor.Submit(leaf);
        }
    }

    private void CrashAndRestart(SimulatedNode node)
    {
        if (!node.IsUp)
        {
            return;
        }

        node.CrashSoon(world.Prng.Below(12));
        world.Schedule(
            world.Prng.Chance(300) ? world.Prng.Between(200, 900) : world.Prng.Between(20, 150), () => Restart(node));
    }

    private void Restart(SimulatedNode node)
    {
        if (!node.IsUp)
        {
            world.Say($"node {node.Index} restarts");
            node.Start();
        }
    }

    private long HealAndProbe()
    {
        world.Say("the network heals");
        world.Network.Heal();
        foreach (SimulatedNode node in world.Nodes.Where(SimulatedWorld.RunsKernel))
        {
            Restart(node);
            node.CrashSoon(int.MaxValue);
        }

        long healed = world.Now;
        Hash256 probe = world.NewTransaction([]);
        foreach (SimulatedNode node in world.Nodes)
        {
            SubmitTo(node, probe);
        }

        long bound = (world.FirstSet.FaultyMax + 2) * Ticks.TimeoutMax;
        while (world.Nodes.Any(node => node.IsHonest && !node.Executor.HasCommitted(probe)))
        {
            if (world.Now - healed > bound)
            {
                throw new SimulationFailure($"no progress within R; {Describe(probe)}");
            }

            world.Step();
        }

        return world.Now - healed;
    }

    private string Describe(Hash256 probe) => string.Join("; ", world.Nodes.Select(node => node.IsUp
        ? $"{node.Index}/{node.Behaviour} h{node.Kernel.Height} v{node.Kernel.View}"
            + $"{(node.Kernel.IsChangingView ? "?" : "")} pool {node.Executor.Pending.Count}"
            + $"{(node.Executor.HasCommitted(probe) ? " done" : "")}"
        : $"{node.Index}/{node.Behaviour} down"));
}
