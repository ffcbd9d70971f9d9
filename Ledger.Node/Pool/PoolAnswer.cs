namespace Ledger.Node.Pool;

/// <summary>What became of a transaction that was offered to the pool.</summary>
public enum PoolAnswer
{
    /// <summary>It waits for a block.</summary>
    Added = 1,

    /// <summary>It waits already.</summary>
    Known = 2,

    /// <summary>The pool, or its signer's share of it, is full.</summary>
    Full = 3,
}
