using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The blocks of the height in flight that the executor was asked for, and for those that were executed the set that
/// follows. Holds no more than <see cref="IBlockExecutor.ExecutedMax"/>, in the order in which they were asked for:
/// what this log knows as executed, the executor still has. The accepted and the decided block are among the newest,
/// for nothing else is asked for while they wait.
/// </summary>
internal sealed class BlockLog
{
    private readonly List<Entry> oldestFirst = [];

    /// <summary>Notes that a block is to be executed.</summary>
    public void Ask(ProposalBlock block)
    {
        int place = PlaceOf(block.Hash);
        Entry entry = place < 0 ? new Entry(block, null, null) : oldestFirst[place];
        if (place >= 0)
        {
            oldestFirst.RemoveAt(place);
        }

        AddNewest(entry);
    }

    /// <summary>
    /// Notes that a block of one's own is to be built for a view. It takes its place now, as it does in the executor.
    /// </summary>
    public void AskBuild(ulong view)
    {
        oldestFirst.RemoveAll(entry => entry.BuiltFor == view);
        AddNewest(new Entry(null, null, view));
    }

    /// <summary>
    /// Takes the answer to a build, null when there was nothing to propose. Returns whether a block is known by it.
    /// </summary>
    public bool SetBuilt(ulong view, ProposalBlock? block, ValidatorSet? nextSet)
    {
        int place = oldestFirst.FindIndex(entry => entry.BuiltFor == view);
        if (place < 0)
        {
            return false;
        }

        if (block is null || nextSet is null)
        {
            oldestFirst.RemoveAt(place);
            return false;
        }

        Invariant.That(nextSet.Hash == block.Header.NextValidatorsHash);
        oldestFirst[place] = new Entry(block, nextSet, null);
        return true;
    }

    /// <summary>Remembers that a block of this log was executed and agreed with its header.</summary>
    public void SetExecuted(ProposalBlock block, ValidatorSet nextSet)
    {
        Invariant.That(nextSet.Hash == block.Header.NextValidatorsHash);
        int place = PlaceOf(block.Hash);
        Invariant.That(place >= 0, "only a block that is known was found");
        oldestFirst[place] = new Entry(block, nextSet, null);
    }

    /// <summary>The block, or null when it is not known.</summary>
    public ProposalBlock? Find(Hash256 hash) => PlaceOf(hash) is int place and >= 0 ? oldestFirst[place].Block : null;

    /// <summary>The set after the block, or null when it has not been executed.</summary>
    public ValidatorSet? NextSetOf(Hash256 hash) =>
        PlaceOf(hash) is int place and >= 0 ? oldestFirst[place].NextSet : null;

    /// <summary>Forgets all: the height is decided.</summary>
    public void Clear() => oldestFirst.Clear();

    // A block that was built again may be there twice; the newer place is the one that counts.
    private int PlaceOf(Hash256 hash) => oldestFirst.FindLastIndex(entry => entry.Block?.Hash == hash);

    private void AddNewest(Entry entry)
    {
        if (oldestFirst.Count == IBlockExecutor.ExecutedMax)
        {
            oldestFirst.RemoveAt(0);
        }

        oldestFirst.Add(entry);
    }

    // Either a block, with the set after it once it was executed, or the view for which one is being built.
    private sealed record Entry(ProposalBlock? Block, ValidatorSet? NextSet, ulong? BuiltFor);
}
