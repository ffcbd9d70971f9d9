using Ledger.Contracts.Transactions;
using Ledger.Node.Pool;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Bodies of transactions by their leaves: in the pool, or on disk where a vote rested on them.</summary>
public sealed class BodyStore(
    TransactionPool pool, LedgerDatabase database, Hash256 chainId, ISignatureVerifier verifier)
{
    /// <summary>The transaction of a leaf, or null.</summary>
    public ParsedTransaction? Find(Hash256 leaf)
    {
        if (pool.TryGet(leaf, out ParsedTransaction? waiting))
        {
            return waiting;
        }

        byte[]? stored = database.Get(LedgerColumns.Bodies, leaf.ToArray());
        if (stored is null)
        {
            return null;
        }

        TransactionReading reading = TransactionReader.Read(stored, chainId, verifier);
        Invariant.That(reading.IsRead && reading.Transaction.Leaf == leaf, "a stored body is the one of its leaf");
        pool.AddFetched(reading.Transaction);
        return reading.Transaction;
    }

    /// <summary>The bytes of a leaf's transaction, or null.</summary>
    public ReadOnlyMemory<byte>? FindBytes(Hash256 leaf) =>
        pool.TryGet(leaf, out ParsedTransaction? waiting)
            ? waiting.SignedBytes
            : database.Get(LedgerColumns.Bodies, leaf.ToArray()) is { } stored ? stored : null;
}
