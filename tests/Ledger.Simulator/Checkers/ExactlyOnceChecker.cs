using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>A transaction is decided at most once, however often it was sent.</summary>
public sealed class ExactlyOnceChecker(World world) : Checker(world, "exactly-once")
{
    private readonly Dictionary<int, ulong> heights = [];

    /// <summary>The height of a transaction, 0 while it is not decided.</summary>
    public ulong HeightOf(int id) => heights.GetValueOrDefault(id);

    /// <summary>Checks the first decision of a height.</summary>
    public void OnDecided(SimulatedNode node, BlockRecord decided)
    {
        foreach (SimulatedTransaction one in World.TransactionsOf(decided.Block)!)
        {
            if (!heights.TryAdd(one.Id, decided.Block.Height))
            {
                throw Broken(node, $"decides transaction {one.Id} at height {decided.Block.Height} and at "
                    + $"{heights[one.Id]}");
            }
        }
    }
}
