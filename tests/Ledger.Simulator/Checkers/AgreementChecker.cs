using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>No two nodes decide different blocks at one height.</summary>
public sealed class AgreementChecker(World world) : Checker(world, "agreement")
{
    /// <summary>Checks a decision of an honest node against the first one of its height.</summary>
    public void OnCommit(SimulatedNode node, BlockRecord decided)
    {
        ulong height = decided.Block.Height;
        if (height <= World.Chain.Height && World.Chain[height].Block.Hash != decided.Block.Hash)
        {
            throw Broken(node, $"decides {decided.Block.Hash.ToShortString()} at height {height}, where "
                + $"{World.Chain[height].Block.Hash.ToShortString()} is decided");
        }
    }
}
