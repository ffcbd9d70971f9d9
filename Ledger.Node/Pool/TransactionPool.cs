using System.Diagnostics.CodeAnalysis;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>
/// Transactions that were checked and wait for a block, in order of arrival. Bounded in what they cost to hold, with a
/// share for each first signer, so that nobody can keep the others out. One that this node could not put into a block
/// any more is retired: it is no work, but its body is still here for a block of a leader whose clock is behind this
/// one. Thread-safe.
/// </summary>
public sealed class TransactionPool(TimeProvider time)
{
    /// <summary>
    /// Cost of all pending transactions together: wire bytes and what their operations take up in memory.
    /// </summary>
    public const long CostMax = 256L * 1024 * 1024;

    /// <summary>Judged at a time outside the lock for <see cref="OldestAge"/>: the first one is due.</summary>
    private const int JudgedForAge = 16;

    /// <summary>
    /// What a parsed operation takes up in memory beside its bytes: an insertion of one record 666, by BlockCostTests.
    /// </summary>
    public const long CostPerOperation = 700;

    private readonly Lock gate = new();
    private readonly LinkedList<PoolEntry> waiting = new();
    private readonly SortedSet<PoolEntry> waitingByEnd = new(PoolEntry.ByLastValid);
    private readonly SortedSet<PoolEntry> retiredByEnd = new(PoolEntry.ByLastValid);
    private readonly Dictionary<Hash256, PoolEntry> byLeaf = [];
    private readonly Dictionary<Hash256, PoolEntry> byId = [];
    private readonly Dictionary<Address, long> costByHolder = [];
    private long cost;
    private ulong arrivals;
    private bool hasWork;

    // The greatest last valid time of R-1: beyond it are transactions for later, after a clock was put back.
    private long lastValidMax = long.MinValue;

    /// <summary>
    /// Raised when there begins to be a transaction that a block could hold now, or is none any more; in that order,
    /// and within the pool's lock: a handler may queue work and nothing else.
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
                return waiting.Count;
            }
        }
    }

    /// <summary>Takes in a transaction that was found to be valid now.</summary>
    public PoolAnswer Add(ParsedTransaction transaction, PoolShare share)
    {
        lock (gate)
        {
            if (byId.ContainsKey(transaction.Id))
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
            PoolEntry entry = new(transaction, share.Holder, own, time.GetTimestamp(), arrivals++);
            byLeaf[transaction.Leaf] = entry;
            byId[transaction.Id] = entry;
            waiting.AddLast(entry.Node);
            waitingByEnd.Add(entry);
            lastValidMax = Math.Max(lastValidMax, transaction.LastValidUnixMs);
            TellIfChanged();
        }

        Arrived?.Invoke();
        return PoolAnswer.Added;
    }

    /// <summary>The transaction of a leaf, if it is here, waiting or retired.</summary>
    public bool TryGet(Hash256 leaf, [NotNullWhen(true)] out ParsedTransaction? transaction)
    {
        lock (gate)
        {
            transaction = byLeaf.GetValueOrDefault(leaf)?.Transaction;
            return transaction is not null;
        }
    }

    /// <summary>The transaction with this id, or null.</summary>
    public ParsedTransaction? FindById(Hash256 id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id)?.Transaction;
        }
    }

    /// <summary>Whether a transaction with this id is here: a block may still hold it.</summary>
    public bool Contains(Hash256 id)
    {
        lock (gate)
        {
            return byId.ContainsKey(id);
        }
    }

    /// <summary>
    /// The oldest transactions that fit into a block and that <paramref name="isValid"/> lets through, however many
    /// older ones it does not.
    /// </summary>
    public IReadOnlyList<ParsedTransaction> Select(Func<ParsedTransaction, bool> isValid)
    {
        List<ParsedTransaction> chosen = [];
        long size = 0;
        long operations = 0;
        foreach (PoolEntry entry in InOrder(BlockLimits.TransactionsMax))
        {
            ParsedTransaction transaction = entry.Transaction;
            if (!isValid(transaction))
            {
                continue;
            }

            size += transaction.SignedBytes.Length;
            operations += transaction.OperationCount;
            if (size > BlockLimits.BytesMax || operations > BlockLimits.OperationsMax)
            {
                break;
            }

            chosen.Add(transaction);
            if (chosen.Count == BlockLimits.TransactionsMax)
            {
                break;
            }
        }

        return chosen;
    }

    /// <summary>
    /// How long the oldest transaction has waited that <paramref name="isValid"/> lets through; null where none does.
    /// </summary>
    public TimeSpan? OldestAge(Func<ParsedTransaction, bool> isValid) =>
        InOrder(JudgedForAge).FirstOrDefault(entry => isValid(entry.Transaction)) is { } first
            ? time.GetElapsedTime(first.ArrivedAt)
            : null;

    /// <summary>The oldest that wait.</summary>
    public IReadOnlyList<ParsedTransaction> Oldest(int countMax)
    {
        lock (gate)
        {
            return [.. waiting.Take(countMax).Select(entry => entry.Transaction)];
        }
    }

    /// <summary>Takes transactions out that a block decided.</summary>
    public void Remove(IEnumerable<Hash256> ids)
    {
        lock (gate)
        {
            foreach (Hash256 id in ids)
            {
                if (byId.TryGetValue(id, out PoolEntry? entry))
                {
                    Remove(entry);
                }
            }

            TellIfChanged();
        }
    }

    /// <summary>
    /// Takes transactions out that one of these addresses signed. It looks at all that wait; a revocation is rare.
    /// </summary>
    public void RemoveSignedBy(IReadOnlySet<Address> revoked)
    {
        lock (gate)
        {
            foreach (PoolEntry entry in byId.Values
                .Where(entry => entry.Transaction.Signers.Any(signer => revoked.Contains(signer.Address)))
                .ToArray())
            {
                Remove(entry);
            }

            TellIfChanged();
        }
    }

    /// <summary>
    /// Says the time of the next block that this node could propose: what is not valid in it any more is retired.
    /// </summary>
    public void Retire(long blockTimeUnixMs)
    {
        lock (gate)
        {
            while (waitingByEnd.Min is { } first && first.Transaction.LastValidUnixMs < blockTimeUnixMs)
            {
                waitingByEnd.Remove(first);
                waiting.Remove(first.Node);
                retiredByEnd.Add(first);
            }

            lastValidMax = blockTimeUnixMs + TransactionLimits.ValidityMs;
            TellIfChanged();
        }
    }

    /// <summary>Takes transactions out that no block of this time or later can hold.</summary>
    public void RemoveExpired(long timeUnixMs)
    {
        lock (gate)
        {
            RemoveExpired(retiredByEnd, timeUnixMs);
            RemoveExpired(waitingByEnd, timeUnixMs);
            TellIfChanged();
        }
    }

    private void RemoveExpired(SortedSet<PoolEntry> byEnd, long timeUnixMs)
    {
        while (byEnd.Min is { } first && first.Transaction.LastValidUnixMs < timeUnixMs)
        {
            Remove(first);
        }
    }

    // Those that wait, oldest first, copied in parts: judging them takes longer than the lock should be held.
    private IEnumerable<PoolEntry> InOrder(int part)
    {
        PoolEntry[] entries = After(null, part);
        while (entries.Length > 0)
        {
            foreach (PoolEntry entry in entries)
            {
                yield return entry;
            }

            entries = After(entries[^1], part);
        }
    }

    private PoolEntry[] After(PoolEntry? last, int countMax)
    {
        lock (gate)
        {
            LinkedListNode<PoolEntry>? node = waiting.First;
            if (last?.Node.List is not null)
            {
                node = last.Node.Next;
            }

            // Where the last one has left meanwhile, its place is found by its number.
            while (last is not null && node is not null && node.Value.Number <= last.Number)
            {
                node = node.Next;
            }

            List<PoolEntry> entries = [];
            for (; node is not null && entries.Count < countMax; node = node.Next)
            {
                entries.Add(node.Value);
            }

            return [.. entries];
        }
    }

    // All that wait are valid by their signers and not decided; the first to expire tells whether one is by its time.
    private void TellIfChanged()
    {
        bool now = waitingByEnd.Min is { } first && first.Transaction.LastValidUnixMs <= lastValidMax;
        if (now != hasWork)
        {
            hasWork = now;
            WorkChanged?.Invoke(now);
        }
    }

    private void Remove(PoolEntry entry)
    {
        byId.Remove(entry.Transaction.Id);
        byLeaf.Remove(entry.Transaction.Leaf);
        if (waitingByEnd.Remove(entry))
        {
            waiting.Remove(entry.Node);
        }
        else
        {
            retiredByEnd.Remove(entry);
        }

        cost -= entry.Cost;
        long held = costByHolder[entry.Holder] - entry.Cost;
        if (held == 0)
        {
            costByHolder.Remove(entry.Holder);
        }
        else
        {
            costByHolder[entry.Holder] = held;
        }
    }
}
