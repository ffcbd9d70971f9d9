using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// Transactions that were checked and wait for a block, in order of arrival, and bodies that a block was said to hold.
/// Bounded in bytes, with a share for each first signer, so that one institution cannot keep the others out.
/// Thread-safe.
/// </summary>
public sealed class TransactionPool
{
    /// <summary>All pending transactions together.</summary>
    public const long BytesMax = 128L * 1024 * 1024;

    /// <summary>The share of one first signer.</summary>
    public const long BytesPerSignerMax = BytesMax / 4;

    /// <summary>Bodies of certified blocks that are being fetched; a few answers of catch-up.</summary>
    private const int FetchedMax = 4 * 4096;

    private readonly Lock gate = new();
    private readonly LinkedList<ParsedTransaction> pending = new();
    private readonly Dictionary<Hash256, LinkedListNode<ParsedTransaction>> byLeaf = [];
    private readonly Dictionary<Hash256, Hash256> leafById = [];
    private readonly Dictionary<Address, long> bytesBySigner = [];
    private readonly Dictionary<Hash256, ParsedTransaction> fetched = [];
    private readonly Queue<Hash256> fetchedOrder = new();
    private long bytes;

    /// <summary>Raised outside the lock when the pool turns from empty to not empty, or back.</summary>
    public event Action<bool>? WorkChanged;

    /// <summary>Raised outside the lock when a body arrives that may complete a block.</summary>
    public event Action? BodyArrived;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return pending.Count;
            }
        }
    }

    /// <summary>Takes a checked transaction in.</summary>
    public PoolAnswer Add(ParsedTransaction transaction)
    {
        bool wasEmpty;
        lock (gate)
        {
            if (leafById.ContainsKey(transaction.Id))
            {
                return PoolAnswer.Known;
            }

            Address signer = transaction.Signers[0].Address;
            long share = bytesBySigner.GetValueOrDefault(signer) + transaction.SignedBytes.Length;
            if (bytes + transaction.SignedBytes.Length > BytesMax || share > BytesPerSignerMax)
            {
                return PoolAnswer.Full;
            }

            wasEmpty = pending.Count == 0;
            bytes += transaction.SignedBytes.Length;
            bytesBySigner[signer] = share;
            byLeaf[transaction.Leaf] = pending.AddLast(transaction);
            leafById[transaction.Id] = transaction.Leaf;
        }

        if (wasEmpty)
        {
            WorkChanged?.Invoke(true);
        }

        BodyArrived?.Invoke();
        return PoolAnswer.Added;
    }

    /// <summary>Keeps the body of a block that was decided or proposed elsewhere, without making it pending.</summary>
    public void AddFetched(ParsedTransaction transaction)
    {
        lock (gate)
        {
            if (fetched.TryAdd(transaction.Leaf, transaction))
            {
                fetchedOrder.Enqueue(transaction.Leaf);
            }

            while (fetchedOrder.Count > FetchedMax)
            {
                fetched.Remove(fetchedOrder.Dequeue());
            }
        }

        BodyArrived?.Invoke();
    }

    /// <summary>The body of a leaf.</summary>
    public bool TryGet(Hash256 leaf, [NotNullWhen(true)] out ParsedTransaction? transaction)
    {
        lock (gate)
        {
            if (byLeaf.TryGetValue(leaf, out LinkedListNode<ParsedTransaction>? node))
            {
                transaction = node.Value;
                return true;
            }

            return fetched.TryGetValue(leaf, out transaction);
        }
    }

    /// <summary>Whether a transaction with this id waits.</summary>
    public bool Contains(Hash256 id)
    {
        lock (gate)
        {
            return leafById.ContainsKey(id);
        }
    }

    /// <summary>
    /// The oldest transactions that fit into a block and that <paramref name="isValid"/> lets through.
    /// </summary>
    public IReadOnlyList<ParsedTransaction> Select(Func<ParsedTransaction, bool> isValid)
    {
        List<ParsedTransaction> chosen = [];
        long size = 0;
        long operations = 0;
        lock (gate)
        {
            foreach (ParsedTransaction transaction in pending)
            {
                if (!isValid(transaction))
                {
                    continue;
                }

                size += transaction.SignedBytes.Length;
                operations += transaction.OperationCount;
                if (chosen.Count == BlockLimits.TransactionsMax || size > BlockLimits.BytesMax
                    || operations > BlockLimits.OperationsMax)
                {
                    break;
                }

                chosen.Add(transaction);
            }
        }

        return chosen;
    }

    /// <summary>The oldest that have waited, to be gossiped again.</summary>
    public IReadOnlyList<ParsedTransaction> Oldest(int countMax)
    {
        lock (gate)
        {
            return [.. pending.Take(countMax)];
        }
    }

    /// <summary>Takes out what a block decided and what no later block can hold any more.</summary>
    public void OnDecided(IEnumerable<Hash256> ids, long headTimeUnixMs)
    {
        bool emptied;
        lock (gate)
        {
            bool wasEmpty = pending.Count == 0;
            foreach (Hash256 id in ids)
            {
                Remove(id);
            }

            LinkedListNode<ParsedTransaction>? node = pending.First;
            while (node is not null)
            {
                LinkedListNode<ParsedTransaction>? next = node.Next;
                if (node.Value.LastValidUnixMs <= headTimeUnixMs)
                {
                    Remove(node.Value.Id);
                }

                node = next;
            }

            emptied = !wasEmpty && pending.Count == 0;
        }

        if (emptied)
        {
            WorkChanged?.Invoke(false);
        }
    }

    private void Remove(Hash256 id)
    {
        if (!leafById.Remove(id, out Hash256 leaf) || !byLeaf.Remove(leaf, out LinkedListNode<ParsedTransaction>? node))
        {
            return;
        }

        pending.Remove(node);
        bytes -= node.Value.SignedBytes.Length;
        Address signer = node.Value.Signers[0].Address;
        long share = bytesBySigner[signer] - node.Value.SignedBytes.Length;
        if (share == 0)
        {
            bytesBySigner.Remove(signer);
        }
        else
        {
            bytesBySigner[signer] = share;
        }
    }
}
