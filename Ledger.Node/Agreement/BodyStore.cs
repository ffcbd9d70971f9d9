using Ledger.Contracts.Transactions;
using Ledger.Node.Pool;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Bodies of transactions by their leaves: in the pool, or on disk where a vote rested on them.</summary>
public sealed class BodyStore(
    TransactionPool pool, FetchedBodies fetched, LedgerDatabase database, Hash256 chainId, ISignatureVerifier verifier)
{
    /// <summary>The transaction of a leaf, or null.</summary>
    public ParsedTransaction? Find(Hash256 leaf)
    {
        if (FindInMemory(leaf) is { } waiting)
        {
            return waiting;
        }

        if (FindStored(leaf) is not { } stored)
        {
            return null;
        }

        TransactionReading reading = TransactionReader.Read(stored, chainId, verifier);
        return reading.IsRead && reading.Transaction.Leaf == leaf ? reading.Transaction : null;
    }

    /// <summary>The transaction of a leaf where it is in memory, or null.</summary>
    public ParsedTransaction? FindInMemory(Hash256 leaf) =>
        pool.TryGet(leaf, out ParsedTransaction? found) || fetched.TryGet(leaf, out found) ? found : null;

    /// <summary>The bytes of a leaf's transaction, or null.</summary>
    public ReadOnlyMemory<byte>? FindBytes(Hash256 leaf) =>
        FindInMemory(leaf) is { } waiting
            ? waiting.SignedBytes
            : FindStored(leaf) is { } stored ? stored : null;

    // A damaged body is as good as none: it is fetched from the peers by its leaf, which proves it.
    private byte[]? FindStored(Hash256 leaf)
    {
        try
        {
            return database.Get(LedgerColumns.Bodies, leaf.ToArray());
        }
        catch (DamagedDataException)
        {
            return null;
        }
    }
}
