using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The blocks of the height in flight that were seen, and for those that were executed the set that follows.
/// </summary>
internal sealed class BlockLog
{
    /// <summary>
    /// More than one block a view is not accepted; beyond this many, execution is simply asked for again.
    /// </summary>
    public const int CountMax = 16;

    private readonly SortedDictionary<Hash256, (ProposalBlock Block, ValidatorSet? NextSet)> blocks = [];

    /// <summary>Remembers a block.</summary>
    public void Add(ProposalBlock block)
    {
        if (blocks.ContainsKey(block.Hash))
        {
            return;
        }

        if (blocks.Count >= CountMax)
        {
            blocks.Clear();
        }

        blocks.Add(block.Hash, (block, null));
    }

    /// <summary>Remembers that a block was executed and agreed with its header.</summary>
    public void SetExecuted(ProposalBlock block, ValidatorSet nextSet)
    {
        Invariant.That(nextSet.Hash == block.Header.NextValidatorsHash);
        Add(block);
        blocks[block.Hash] = (block, nextSet);
    }

    /// <summary>The block, or null when it is not known.</summary>
    public ProposalBlock? Find(Hash256 hash) =>
        blocks.TryGetValue(hash, out (ProposalBlock Block, ValidatorSet? NextSet) entry) ? entry.Block : null;

    /// <summary>The set after the block, or null when it has not been executed.</summary>
    public ValidatorSet? NextSetOf(Hash256 hash) =>
        blocks.TryGetValue(hash, out (ProposalBlock Block, ValidatorSet? NextSet) entry) ? entry.NextSet : null;

    /// <summary>Forgets all: the height is decided.</summary>
    public void Clear() => blocks.Clear();
}
