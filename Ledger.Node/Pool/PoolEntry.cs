using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Pool;

/// <summary>A transaction in the pool.</summary>
internal sealed class PoolEntry
{
    /// <summary>Orders by last valid time, and by arrival where that is the same.</summary>
    public static readonly IComparer<PoolEntry> ByLastValid = Comparer<PoolEntry>.Create(static (one, other) =>
        (one.Transaction.LastValidUnixMs, one.Number).CompareTo((other.Transaction.LastValidUnixMs, other.Number)));

    /// <summary>A transaction that has come at a time stamp.</summary>
    public PoolEntry(ParsedTransaction transaction, Address holder, long cost, long arrivedAt, ulong number)
    {
        Transaction = transaction;
        Holder = holder;
        Cost = cost;
        ArrivedAt = arrivedAt;
        Number = number;
        Node = new LinkedListNode<PoolEntry>(this);
    }

    public ParsedTransaction Transaction { get; }

    /// <summary>Whose share it takes up.</summary>
    public Address Holder { get; }

    public long Cost { get; }

    public long ArrivedAt { get; }

    /// <summary>Its place in the order of arrival.</summary>
    public ulong Number { get; }

    /// <summary>Its node in the list of those that wait; in no list once it is retired or removed.</summary>
    public LinkedListNode<PoolEntry> Node { get; }
}
