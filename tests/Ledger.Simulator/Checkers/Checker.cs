using Ledger.Simulator.Nodes;
using Ledger.Simulator.Runs;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>One promise, judged from outside. Failures print its name.</summary>
public abstract class Checker(World world, string name)
{
    /// <summary>How failures call it.</summary>
    public string Name => name;

    /// <summary>The world that is watched.</summary>
    protected World World => world;

    /// <summary>The failure to throw when a node breaks the promise.</summary>
    protected SimulationFailure Broken(SimulatedNode node, string what) =>
        new(name, $"tick {world.Now}: node {node.Index} {what}");
}
