using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// Keeps the pool at what a block could hold: by the blocks that are decided and by the time that passes. On the
/// kernel's thread.
/// </summary>
public sealed class PoolUpkeep(TransactionPool pool, ChainState chain, TimeProvider time)
{
    /// <summary>
    /// Called often: what this node could not put into a block any more is retired, so that no timer waits for it
    /// (C-7), and removed once no leader can whose clock is within the limit.
    /// </summary>
    public void Look()
    {
        pool.RemoveExpired(time.GetUtcNow().ToUnixTimeMilliseconds() - BlockLimits.ClockSkewMsMax);
        pool.Retire(chain.Head.NextTimeUnixMs(time));
    }

    /// <summary>
    /// Takes out what the block holds, what no later block can hold, and what was signed with keys that it closed.
    /// </summary>
    public void OnDecided(ExecutedBlock block)
    {
        pool.Remove(block.Transactions.Select(transaction => transaction.Id));
        pool.RemoveExpired(block.Block.Header.TimeUnixMs + 1);
        HashSet<Address> closed = [.. block.Result.Events
            .Where(one => one.Kind is ContractEventKind.InstitutionRevoked or ContractEventKind.KeyRotated)
            .Select(one => one.Subject!.Value)];
        if (closed.Count > 0)
        {
            pool.RemoveSignedBy(closed);
        }
    }
}
