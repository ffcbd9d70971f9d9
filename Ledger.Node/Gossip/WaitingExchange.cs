using Google.Protobuf;
using Ledger.Contracts.Transactions;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Gossip;

/// <summary>
/// What waits is told again by its ids alone: a node asks for what it lacks, and whoever named it sends it. Where all
/// know all, telling again costs a look each, however many nodes tell. It takes a link in both directions.
/// </summary>
public sealed class WaitingExchange(TransactionPool pool, RecentTransactions recent)
{
    /// <summary>The frame that names what waits here.</summary>
    public static Frame Naming(IReadOnlyList<ParsedTransaction> transactions) =>
        new() { Waiting = ToMessage([.. transactions.Select(static transaction => transaction.Id)]) };

    /// <summary>Asks for what is named and neither waits here nor was decided lately; null for nothing.</summary>
    public Frame? AskFor(TransactionIds named)
    {
        Hash256[] lacking = [.. Ids(named).Where(id => !pool.Contains(id) && !recent.Contains(id))];
        if (lacking.Length == 0)
        {
            return null;
        }

        // An answer may not hold all: begun at the same place each time, those that are refused here would keep out the
        // others.
        int first = Random.Shared.Next(lacking.Length);
        return new Frame { Wanted = ToMessage([.. lacking[first..], .. lacking[..first]]) };
    }

    /// <summary>What is asked for and is still here, as much as one frame holds; null where that is nothing.</summary>
    public Frame? Answer(TransactionIds wanted)
    {
        Transactions found = new();
        int size = 0;
        foreach (Hash256 id in Ids(wanted).Distinct())
        {
            if (pool.FindById(id) is not { } transaction)
            {
                continue;
            }

            size += transaction.SignedBytes.Length;
            if (size > PeerLimits.GossipBytesMax)
            {
                break;
            }

            found.Transactions_.Add(UnsafeByteOperations.UnsafeWrap(transaction.SignedBytes));
        }

        return found.Transactions_.Count > 0 ? new Frame { Transactions = found } : null;
    }

    private static TransactionIds ToMessage(IReadOnlyList<Hash256> ids)
    {
        byte[] bytes = new byte[ids.Count * Hash256.Size];
        for (int place = 0; place < ids.Count; place++)
        {
            ids[place].CopyTo(bytes.AsSpan(place * Hash256.Size, Hash256.Size));
        }

        return new TransactionIds { Ids = UnsafeByteOperations.UnsafeWrap(bytes) };
    }

    // None where the list is longer than an honest one, or no list.
    private static IEnumerable<Hash256> Ids(TransactionIds message)
    {
        int count = message.Ids.Length / Hash256.Size;
        return message.Ids.Length % Hash256.Size != 0 || count > PeerLimits.GossipTransactionsMax
            ? []
            : Enumerable.Range(0, count).Select(
                place => new Hash256(message.Ids.Span.Slice(place * Hash256.Size, Hash256.Size)));
    }
}
