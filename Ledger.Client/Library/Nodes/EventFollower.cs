using System.Runtime.CompilerServices;
using Ledger.Client.Protos;
using Ledger.Contracts.Execution;

namespace Ledger.Client.Nodes;

/// <summary>
/// Follows events from a position on. When the node goes away it asks again, until the caller has had enough patience,
/// from where it was: no event is missed and none comes twice. <see cref="Next"/> is what to keep for the next time.
/// </summary>
public sealed class EventFollower
{
    private static readonly TimeSpan PauseMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    private readonly LedgerClient client;
    private readonly EventQuestion question;
    private readonly TimeSpan patience;
    private readonly TimeProvider time;

    /// <summary>Prepares to follow.</summary>
    /// <param name="client">The node; another one of the same ledger tells the same.</param>
    /// <param name="question">Which events.</param>
    /// <param name="from">The first position.</param>
    /// <param name="patience">How long a node may be away before the caller is told.</param>
    /// <param name="time">The clock.</param>
    public EventFollower(
        LedgerClient client, EventQuestion question, EventPosition from, TimeSpan patience, TimeProvider time)
    {
        this.client = client;
        this.question = question;
        this.patience = patience;
        this.time = time;
        Next = from.Height == 0 ? EventPosition.First : from;
    }

    /// <summary>The position after the last event that was handed out, or as far as the node has looked.</summary>
    public EventPosition Next { get; private set; }

    /// <summary>Events in order; with <paramref name="follow"/> until it is cancelled, else up to the head.</summary>
    public async IAsyncEnumerable<ToldEvent> ReadAsync(
        bool follow, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long heard = time.GetTimestamp();
        TimeSpan pause = PauseMin;
        while (true)
        {
            await using IAsyncEnumerator<EventBatch> batches = client
                .WatchEventsAsync(question, Next, follow, cancellation).GetAsyncEnumerator(cancellation);
            while (true)
            {
                EventBatch? batch;
                try
                {
                    batch = await batches.MoveNextAsync().ConfigureAwait(false) ? batches.Current : null;
                }
                catch (LedgerClientException failure) when (
                    failure.Kind is ClientFailure.Unreachable or ClientFailure.Undecided
                    && !cancellation.IsCancellationRequested
                    && time.GetElapsedTime(heard) < patience)
                {
                    break;
                }

                if (batch is null)
                {
                    if (!follow)
                    {
                        yield break;
                    }

                    // Whoever follows is told until it leaves: a stream that ends is a node that stops.
                    break;
                }

                heard = time.GetTimestamp();
                pause = PauseMin;
                foreach (ToldEvent told in Accept(batch))
                {
                    Next = told.Position with { Place = told.Position.Place + 1 };
                    yield return told;
                }

                Next = new EventPosition(batch.NextHeight, batch.NextPlace);
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }

    // A batch must go on where the last one ended, and its events must rise within it.
    private List<ToldEvent> Accept(EventBatch batch)
    {
        EventPosition from = new(batch.FromHeight, batch.FromPlace);
        EventPosition next = new(batch.NextHeight, batch.NextPlace);
        EventPosition lowest = Next;
        List<ToldEvent> accepted = [];
        bool isRight = from == Next && next.CompareTo(Next) > 0;
        foreach (PlacedEvent placed in batch.Events)
        {
            EventPosition position = new(batch.Height, placed.Place);
            isRight = isRight && position.CompareTo(lowest) >= 0 && position.CompareTo(next) < 0;
            if (!isRight || !ContractEventCodec.TryRead(placed.Event, out ContractEvent? read))
            {
                throw Wrong();
            }

            lowest = position with { Place = position.Place + 1 };
            accepted.Add(new ToldEvent(position, batch.TimeUnixMs, read));
        }

        return isRight ? accepted : throw Wrong();
    }

    private static LedgerClientException Wrong() => new(
        ClientFailure.NotVerified,
        "The node's events leave some out, repeat some, or are not in order. Ask another institution's node.");
}
