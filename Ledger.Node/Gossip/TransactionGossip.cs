using System.Threading.Channels;
using Google.Protobuf;
using Ledger.Contracts.Transactions;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;

namespace Ledger.Node.Gossip;

/// <summary>
/// Tells the other nodes of transactions that were handed in here: at once when there is little to tell, in batches
/// when there is much. What still waits after a second is told again, so that one honest node that knows it is enough
/// (L6).
/// </summary>
public sealed class TransactionGossip : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly PeerNetwork network;
    private readonly TransactionPool pool;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<ParsedTransaction> fresh = Channel.CreateUnbounded<ParsedTransaction>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Task telling;
    private readonly Task repeating;

    /// <summary>Starts to tell.</summary>
    public TransactionGossip(PeerNetwork network, TransactionPool pool)
    {
        this.network = network;
        this.pool = pool;
        telling = Task.Run(TellAsync);
        repeating = Task.Run(RepeatAsync);
    }

    /// <summary>Queues a transaction that the pool has just taken; the pool's limits bound the queue.</summary>
    public void Tell(ParsedTransaction transaction) => fresh.Writer.TryWrite(transaction);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(telling, repeating);
        stopping.Dispose();
    }

    private async Task TellAsync()
    {
        try
        {
            while (await fresh.Reader.WaitToReadAsync(stopping.Token))
            {
                Send(Batch());
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private IEnumerable<ParsedTransaction> Batch()
    {
        int size = 0;
        int count = 0;
        while (count < PeerLimits.GossipTransactionsMax && size < PeerLimits.GossipBytesMax
            && fresh.Reader.TryRead(out ParsedTransaction? transaction))
        {
            size += transaction.SignedBytes.Length;
            count++;
            yield return transaction;
        }
    }

    private async Task RepeatAsync()
    {
        HashSet<Primitives.Hash256> before = [];
        using PeriodicTimer timer = new(Again);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                IReadOnlyList<ParsedTransaction> oldest = pool.Oldest(PeerLimits.GossipTransactionsMax);
                Send(Bounded(oldest.Where(transaction => before.Contains(transaction.Id))));
                before = [.. oldest.Select(transaction => transaction.Id)];
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private static IEnumerable<ParsedTransaction> Bounded(IEnumerable<ParsedTransaction> transactions)
    {
        int size = 0;
        foreach (ParsedTransaction transaction in transactions)
        {
            size += transaction.SignedBytes.Length;
            if (size > PeerLimits.GossipBytesMax)
            {
                yield break;
            }

            yield return transaction;
        }
    }

    private void Send(IEnumerable<ParsedTransaction> transactions)
    {
        Transactions content = new();
        content.Transactions_.AddRange(
            transactions.Select(transaction => UnsafeByteOperations.UnsafeWrap(transaction.SignedBytes)));
        if (content.Transactions_.Count > 0)
        {
            network.SendAll(new Frame { Transactions = content }, FrameQueue.Bulk);
        }
    }
}
