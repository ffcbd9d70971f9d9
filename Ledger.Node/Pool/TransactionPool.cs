using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// Transactions that were checked and wait for a block, in order of arrival. Bounded in what they cost to hold, with a
/// share for each first signer, so that nobody can keep the others out. Thread-safe.
/// </summary>
public sealed class TransactionPool(TimeProvider time)
{
    /// <summary>
    /// Cost of all pending transactions together: wire bytes and what their operations take up in memory.
    /// </summary>
    public const long CostMax = 128L * 1024 * 1024;

    /// <summary>So many are looked at for <see cref="OldestAge"/>: work once a second.</summary>
    private const int OldestJudgedMax = 64;

    /// <summary>A parsed operation takes up about this much beside its bytes.</summary>
    private const long CostPerOperation = 128;

    private readonly Lock gate = new();
    private readonly LinkedList<Entry> pending = new();
    private readonly Dictionary<Hash256, LinkedListNode<Entry>> byLeaf = [];
    private readonly Dictionary<Hash256, Hash256> leafById = [];
    private readonly Dictionary<Address, long> costByHolder = [];
    private long cost;

    /// <summary>
    /// Raised when the pool turns from empty to not empty, or back; in that order, and within the pool's lock: a
    /// handler may queue work and nothing else.
    /// </summary>
    public event Action<bool>? WorkChanged;

    /// <summary>Raised outside the lock when a transaction has come.</summary>
    public event Action? Arrived;

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
    public PoolAnswer Add(ParsedTransaction transaction, PoolShare share)
    {
        lock (gate)
        {
            if (leafById.ContainsKey(transaction.Id))
            {
                return PoolAnswer.Known;
            }

            long own = transaction.SignedBytes.Length + (transaction.OperationCount * CostPerOperation);
            long held = costByHolder.GetValueOrDefault(share.Holder) + own;
            if (cost + own > CostMax || held > share.CostMax)
            {
                return PoolAnswer.Full;
            }

            cost += own;
            costByHolder[share.Holder] = held;
            byLeaf[transaction.Leaf] = pending.AddLast(new Entry(transaction, share.Holder, own, time.GetTimestamp()));
            leafById[transaction.Id] = transaction.Leaf;
            if (pending.Count == 1)
            {
                WorkChanged?.Invoke(true);
            }
        }

        Arrived?.Invoke();
        return PoolAnswer.Added;
    }

    /// <summary>The transaction of a leaf, if it waits.</summary>
    public bool TryGet(Hash256 leaf, [NotNullWhen(true)] out ParsedTransaction? transaction)
    {
        lock (gate)
        {
            transaction = byLeaf.TryGetValue(leaf, out LinkedListNode<Entry>? node) ? node.Value.Transaction : null;
            return transaction is not null;
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
        foreach (ParsedTransaction transaction in Oldest(BlockLimits.TransactionsMax).Where(isValid))
        {
            size += transaction.SignedBytes.Length;
            operations += transaction.OperationCount;
            if (size > BlockLimits.BytesMax || operations > BlockLimits.OperationsMax)
            {
                break;
            }

            chosen.Add(transaction);
        }

        return chosen;
    }

    /// <summary>
    /// How long the oldest transaction has waited that <paramref name="isValid"/> lets through, among the
    /// <see cref="OldestJudgedMax"/> oldest; null where none does.
    /// </summary>
    public TimeSpan? OldestAge(Func<ParsedTransaction, bool> isValid)
    {
        Entry[] oldest;
        lock (gate)
        {
            oldest = [.. pending.Take(OldestJudgedMax)];
        }

        Entry? first = Array.Find(oldest, entry => isValid(entry.Transaction));
        return first is null ? null : time.GetElapsedTime(first.ArrivedAt);
    }

    /// <summary>The oldest that wait.</summary>
    public IReadOnlyList<ParsedTransaction> Oldest(int countMax)
    {
        lock (gate)
        {
            return [.. pending.Take(countMax).Select(entry => entry.Transaction)];
        }
    }

    /// <summary>Takes transactions out that a block decided.</summary>
    public void Remove(IEnumerable<Hash256> ids)
    {
        lock (gate)
        {
            bool wasEmpty = pending.Count == 0;
            foreach (Hash256 id in ids)
            {
                Remove(id);
            }

            TellIfEmptied(wasEmpty);
        }
    }

    /// <summary>Takes transactions out that no block of this time or later can hold.</summary>
    public void RemoveExpired(long timeUnixMs)
    {
        lock (gate)
        {
            bool wasEmpty = pending.Count == 0;
            foreach (Entry entry in pending.Where(entry => entry.Transaction.LastValidUnixMs < timeUnixMs).ToArray())
            {
                Remove(entry.Transaction.Id);
            }

            TellIfEmptied(wasEmpty);
        }
    }

    private void TellIfEmptied(bool wasEmpty)
    {
        if (!wasEmpty && pending.Count == 0)
        {
            WorkChanged?.Invoke(false);
        }
    }

    private void Remove(Hash256 id)
    {
        if (!leafById.Remove(id, out Hash256 leaf) || !byLeaf.Remove(leaf, out LinkedListNode<Entry>? node))
        {
            return;
        }

        pending.Remove(node);
        cost -= node.Value.Cost;
        long held = costByHolder[node.Value.Holder] - node.Value.Cost;
        if (held == 0)
        {
            costByHolder.Remove(node.Value.Holder);
        }
        else
        {
            costByHolder[node.Value.Holder] = held;
        }
    }

    private sealed record Entry(ParsedTransaction Transaction, Address Holder, long Cost, long ArrivedAt);
}
