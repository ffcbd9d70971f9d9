using Ledger.Contracts.Execution;
using Ledger.Node.Pool;

namespace Ledger.Node.Chain;

/// <summary>Where the node stands: the head that readers see, and the ids within the replay window.</summary>
public sealed class ChainState(LedgerHead head, RecentHeads heads)
{
    private volatile LedgerHead head = head;

    /// <summary>Raised on the kernel's thread after a block is on disk and the head has moved.</summary>
    public event Action<ExecutedBlock>? Decided;

    /// <summary>The newest decided block and its state.</summary>
    public LedgerHead Head => head;

    /// <summary>The hashes of the newest blocks, up to the head's. For the kernel's thread.</summary>
    public RecentHeads Heads { get; private set; } = heads;

    /// <summary>Ids of recent blocks.</summary>
    public RecentTransactions Recent { get; } = new();

    /// <summary>Moves on to a block that is on disk.</summary>
    public void Advance(LedgerHead next, ExecutedBlock block)
    {
        Recent.Add(next.Header.TimeUnixMs, [.. block.Transactions.Select(transaction => transaction.Id)]);
        Heads = Heads.With(next.BlockHash);
        head = next;
        Decided?.Invoke(block);
    }
}
