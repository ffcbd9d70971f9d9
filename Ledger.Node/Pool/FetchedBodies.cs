using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// Bodies of blocks that came from peers and are not pending here. Only what is asked for is kept, bounded in bytes,
/// the oldest dropped first; a decision takes its block's bodies out. Thread-safe.
/// </summary>
public sealed class FetchedBodies
{
    /// <summary>Several answers of catch-up, 4 MiB each.</summary>
    public const long BytesMax = 64L * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Dictionary<Hash256, ParsedTransaction> bodies = [];
    private readonly Queue<Hash256> order = new();
    private HashSet<Hash256> wanted = [];
    private long bytes;

    /// <summary>Raised outside the lock when a body has come.</summary>
    public event Action? Arrived;

    /// <summary>Sets the leaves that a block waits for; others are not taken.</summary>
    public void Want(IEnumerable<Hash256> leaves)
    {
        lock (gate)
        {
            wanted = [.. leaves];
        }
    }

    /// <summary>Whether a block waits for this leaf.</summary>
    public bool IsWanted(Hash256 leaf)
    {
        lock (gate)
        {
            return wanted.Contains(leaf);
        }
    }

    /// <summary>Keeps a body.</summary>
    public void Add(ParsedTransaction transaction)
    {
        lock (gate)
        {
            if (bodies.TryAdd(transaction.Leaf, transaction))
            {
                order.Enqueue(transaction.Leaf);
                bytes += transaction.SignedBytes.Length;
            }

            while (bytes > BytesMax && order.TryDequeue(out Hash256 oldest))
            {
                Remove(oldest);
            }
        }

        Arrived?.Invoke();
    }

    /// <summary>The body of a leaf, if it is here.</summary>
    public bool TryGet(Hash256 leaf, [NotNullWhen(true)] out ParsedTransaction? transaction)
    {
        lock (gate)
        {
            return bodies.TryGetValue(leaf, out transaction);
        }
    }

    /// <summary>Drops the bodies of a decided block.</summary>
    public void OnDecided(IEnumerable<Hash256> leaves)
    {
        lock (gate)
        {
            foreach (Hash256 leaf in leaves)
            {
                Remove(leaf);
            }

            // Leaves that are gone stay in the order until they would make it longer than what is kept.
            while (order.TryPeek(out Hash256 oldest) && !bodies.ContainsKey(oldest))
            {
                order.Dequeue();
            }
        }
    }

    private void Remove(Hash256 leaf)
    {
        if (bodies.Remove(leaf, out ParsedTransaction? transaction))
        {
            bytes -= transaction.SignedBytes.Length;
        }
    }
}
