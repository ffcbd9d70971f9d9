using Ledger.Consensus;
using Ledger.Simulator.Disk;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// What was decided first at each height, and the set of each height: what all others must agree with.
/// </summary>
public sealed class DecidedChain(ProposalBlock genesis, ValidatorSet firstSet)
{
    private readonly List<BlockRecord> blocks = [];

    /// <summary>The highest decided height.</summary>
    public ulong Height => (ulong)blocks.Count;

    /// <summary>The set of the height after the highest.</summary>
    public ValidatorSet CurrentSet => blocks.Count == 0 ? firstSet : blocks[^1].NextSet;

    /// <summary>The epoch of the height after the highest.</summary>
    public ulong CurrentEpoch => HeaderOf(Height) is BlockHeader head && head.EndsEpoch ? head.Epoch + 1
        : HeaderOf(Height).Epoch;

    /// <summary>The decision of a height from 1 on.</summary>
    public BlockRecord this[ulong height] => blocks[(int)height - 1];

    /// <summary>The header of a height, 0 for genesis.</summary>
    public BlockHeader HeaderOf(ulong height) => height == 0 ? genesis.Header : this[height].Block.Header;

    /// <summary>The hash of a height, 0 for genesis.</summary>
    public Ledger.Primitives.Hash256 HashOf(ulong height) => height == 0 ? genesis.Hash : this[height].Block.Hash;

    /// <summary>The set that certifies a height from 1 on.</summary>
    public ValidatorSet SetOf(ulong height) => height == 1 ? firstSet : this[height - 1].NextSet;

    /// <summary>Takes the decision of the next height.</summary>
    public void Add(BlockRecord block) => blocks.Add(block);
}
