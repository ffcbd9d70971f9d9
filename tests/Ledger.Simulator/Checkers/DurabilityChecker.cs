using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// What a node has acknowledged to a client outlives its crashes and is on every node in the end. A node acknowledges a
/// transaction when it has committed it.
/// </summary>
public sealed class DurabilityChecker(World world) : Checker(world, "durability")
{
    private readonly SortedDictionary<int, ulong> acknowledged = [];
    private readonly SortedDictionary<int, int> awaited = [];

    /// <summary>How many transactions were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>A block is durable on an honest node, which now tells its clients.</summary>
    public void OnCommitted(SimulatedNode node, BlockRecord decided)
    {
        acknowledged[node.Index] = decided.Block.Height;
        foreach (SimulatedTransaction one in World.TransactionsOf(decided.Block)!)
        {
            if (awaited.TryAdd(one.Id, node.Index))
            {
                Acknowledged++;
            }
        }
    }

    /// <summary>A disk was lost with all that was on it.</summary>
    public void OnDiskLost(SimulatedNode node) => acknowledged.Remove(node.Index);

    /// <summary>The newest blocks of a disk were taken away; they come from the others again.</summary>
    public void OnChainCut(SimulatedNode node) => acknowledged[node.Index] = node.Disk.Height;

    /// <summary>What a restarted node has acknowledged must be there.</summary>
    public void OnStart(SimulatedNode node)
    {
        if (acknowledged.TryGetValue(node.Index, out ulong height) && node.Disk.Height < height)
        {
            throw Broken(node, $"restarts at height {node.Disk.Height} after it acknowledged height {height}");
        }
    }

    /// <summary>In the end everything that was acknowledged is on every node that is alive.</summary>
    public void OnEnd(SimulatedNode node)
    {
        foreach ((int id, int by) in awaited)
        {
            if (!node.Executor.State.Has(id))
            {
                throw Broken(node, $"lacks transaction {id}, which node {by} has acknowledged");
            }
        }
    }
}
