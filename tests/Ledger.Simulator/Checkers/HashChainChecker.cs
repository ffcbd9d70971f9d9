using Ledger.Consensus;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>Each decided block stands on the one before: height, parent, time and epoch.</summary>
public sealed class HashChainChecker(World world) : Checker(world, "hash-chain")
{
    /// <summary>Checks a decision of an honest node; all heights below are decided.</summary>
    public void OnCommit(SimulatedNode node, BlockRecord decided)
    {
        BlockHeader header = decided.Block.Header;
        if (header.Height != node.Disk.Height + 1 || header.Height > World.Chain.Height + 1)
        {
            throw Broken(node, $"commits height {header.Height} on height {node.Disk.Height}");
        }

        BlockHeader parent = World.Chain.HeaderOf(header.Height - 1);
        if (header.ParentHash != World.Chain.HashOf(header.Height - 1))
        {
            throw Broken(node, $"breaks the chain at height {header.Height}");
        }

        if (header.TimeUnixMs <= parent.TimeUnixMs)
        {
            throw Broken(node, $"lets time go back at height {header.Height}");
        }

        if (header.Epoch != (parent.EndsEpoch ? parent.Epoch + 1 : parent.Epoch))
        {
            throw Broken(node, $"counts epochs wrongly at height {header.Height}");
        }
    }
}
