using System.Threading.Channels;
using Google.Protobuf;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Protos;

namespace Ledger.Node.Gossip;

/// <summary>
/// Tells the other nodes of transactions that were handed in here: at once when there is little to tell, in batches
/// when there is much. What has waited longest is named again (<see cref="Retelling"/>, <see cref="WaitingExchange"/>),
/// so that one honest node that knows it is enough.
/// </summary>
public sealed class TransactionGossip : IAsyncDisposable
{
    /// <summary>Where several came at once more are coming, and each frame costs both ends.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(2);

    private readonly PeerNetwork network;
    private readonly TransactionPool pool;
    private readonly ChainState chain;
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<ParsedTransaction> fresh = Channel.CreateUnbounded<ParsedTransaction>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly Task telling;
    private readonly Task repeating;

    /// <summary>Starts to tell.</summary>
    public TransactionGossip(PeerNetwork network, TransactionPool pool, ChainState chain)
    {
        this.network = network;
        this.pool = pool;
        this.chain = chain;
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
                int told = Send(Batch());
                if (told > 1)
                {
                    await Task.Delay(Gathering, stopping.Token);
                }
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
        Retelling retelling = new();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(Retelling.LookMs));
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                IReadOnlyList<ParsedTransaction> oldest = pool.Oldest(PeerLimits.GossipTransactionsMax);
                IReadOnlyList<ParsedTransaction> due = retelling.Look(oldest, chain.Head.Height);
                if (due.Count > 0)
                {
                    network.SendAll(WaitingExchange.Naming(due), FrameQueue.Urgent);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private int Send(IEnumerable<ParsedTransaction> transactions)
    {
        Transactions content = new();
        content.Transactions_.AddRange(
            transactions.Select(transaction => UnsafeByteOperations.UnsafeWrap(transaction.SignedBytes)));
        if (content.Transactions_.Count > 0)
        {
            network.SendAll(new Frame { Transactions = content }, FrameQueue.Bulk);
        }

        return content.Transactions_.Count;
    }
}
