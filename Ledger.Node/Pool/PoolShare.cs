using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>Whose share of the pool a transaction takes up, and how large that share is.</summary>
/// <param name="Holder">A first signer that the ledger knows; all others share one.</param>
/// <param name="CostMax">The share.</param>
public readonly record struct PoolShare(Address Holder, long CostMax)
{
    /// <summary>What a single first signer that the ledger knows may take up: a quarter.</summary>
    public static PoolShare Of(Address signer) => new(signer, TransactionPool.CostMax / 4);

    /// <summary>
    /// What all those together may take up whom the ledger does not know: anybody can make keys, so they must not fill
    /// the pool.
    /// </summary>
    public static PoolShare Strangers => new(default, TransactionPool.CostMax / 16);
}
