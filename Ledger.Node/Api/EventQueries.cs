using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Protos;

namespace Ledger.Node.Api;

/// <summary>
/// Tells what happened, from any position on. A position is a height and a place among the events of its block; the
/// events of a block never change, so that a caller who names the position after the last one that it has seen gets
/// every event once, from this node or another.
/// </summary>
public sealed class EventQueries(ChainState chain, ChainReader reader)
{
    private int watchers;

    /// <summary>Sends batches until the head, or with follow until the caller leaves.</summary>
    public async Task WatchAsync(
        EventsRequest request, Caller caller, IServerStreamWriter<EventBatch> answers, CancellationToken cancellation)
    {
        EventFilter filter = EventFilter.Of(request, caller);
        ulong from = Math.Max(1, request.FromHeight);
        if (from < reader.FirstBlock)
        {
            throw Refusals.NotFound($"no events before height {reader.FirstBlock}{reader.Reservation}");
        }

        if (Interlocked.Increment(ref watchers) > ApiLimits.EventWatchersMax)
        {
            Interlocked.Decrement(ref watchers);
            throw new RpcException(new Status(
                StatusCode.ResourceExhausted, $"{ApiLimits.EventWatchersMax} callers follow events already"));
        }

        // A signal that is full says enough; nothing is disposed, for the chain may still call after the watcher left.
        Channel<bool> changed = Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void OnDecided(ExecutedBlock block) => changed.Writer.TryWrite(true);
        chain.Decided += OnDecided;
        try
        {
            EventCursor cursor = new(from, request.FromHeight == 0 ? 0 : request.FromPlace);
            await SendAsync(cursor, filter, caller, answers, cancellation);
            while (request.Follow)
            {
                await changed.Reader.ReadAsync(cancellation);
                await SendAsync(cursor, filter, caller, answers, cancellation);
            }
        }
        finally
        {
            chain.Decided -= OnDecided;
            Interlocked.Decrement(ref watchers);
        }
    }

    // Sends what fits up to the head, and how far that is.
    private async Task SendAsync(
        EventCursor cursor,
        EventFilter filter,
        Caller caller,
        IServerStreamWriter<EventBatch> answers,
        CancellationToken cancellation)
    {
        for (ulong head = chain.Head.Height; cursor.Height <= head; head = chain.Head.Height)
        {
            // Who was a member when it asked may be none any more.
            bool isMember = chain.Head.State.IsMember(caller.InNameOf ?? caller.Address);
            if ((caller.IsMember && !isMember) || !caller.StillActs())
            {
                throw new RpcException(new Status(
                    StatusCode.PermissionDenied, "MEMBERS_ONLY: the caller is no member, or no staff, any more"));
            }

            await answers.WriteAsync(Next(cursor, head, filter), cancellation);
        }
    }

    // Goes from block to block that may have something, and says how far that was.
    private EventBatch Next(EventCursor cursor, ulong head, EventFilter filter)
    {
        EventBatch batch = new() { FromHeight = cursor.Height, FromPlace = cursor.Place };
        for (int looked = 1; ; looked++)
        {
            ulong height = Find(cursor.Height, head, filter);
            bool isWhole = true;
            if (height <= head)
            {
                cursor.GoTo(height);
                isWhole = AddFitting(batch, cursor, filter);
            }
            else
            {
                height = head;
                cursor.GoTo(head + 1);
            }

            if (batch.Events.Count > 0 || !isWhole || height == head || looked == ApiLimits.EventBlocksMax)
            {
                batch.NextHeight = cursor.Height;
                batch.NextPlace = cursor.Place;
                return Named(batch, height);
            }
        }
    }

    // The first height from one on whose block may have something that fits; beyond the head where there is none.
    private ulong Find(ulong from, ulong head, EventFilter filter)
    {
        IReadOnlyList<byte[]> prefixes = filter.IndexPrefixes;
        return prefixes.Count == 0
            ? from
            : prefixes.Min(prefix => reader.EventHeights(prefix, from).Append(head + 1).First());
    }

    // Adds what fits of one block and moves on; false where the batch was full before the block was through.
    private bool AddFitting(EventBatch batch, EventCursor cursor, EventFilter filter)
    {
        StoredResults results = reader.Results(cursor.Height)
            ?? throw new InvalidOperationException($"the events of block {cursor.Height} are not on disk");
        IReadOnlyList<EventMessage> events = EventList.Parser.ParseFrom(results.Events).Events;
        for (uint place = cursor.Place; place < (uint)events.Count; place++)
        {
            if (!filter.Fits(events[(int)place]))
            {
                continue;
            }

            if (batch.Events.Count == ApiLimits.EventsMax)
            {
                cursor.StayAt(place);
                return false;
            }

            batch.Events.Add(new PlacedEvent { Place = place, Event = events[(int)place] });
        }

        cursor.Advance();
        return true;
    }

    private EventBatch Named(EventBatch batch, ulong height)
    {
        StoredBlock block = reader.Block(height)
            ?? throw new InvalidOperationException($"block {height} is not on disk");
        batch.Height = height;
        batch.BlockHash = block.Block.Certificate.BlockHash;
        batch.TimeUnixMs = BlockHeader.TryDecode(block.Block.Proposal.Header.Span, out BlockHeader? header)
            ? header.TimeUnixMs
            : throw new InvalidOperationException($"the header of block {height} cannot be read");
        return batch;
    }

    // What is to be told next.
    private sealed class EventCursor(ulong height, uint place)
    {
        public ulong Height { get; private set; } = height;

        public uint Place { get; private set; } = place;

        public void GoTo(ulong next)
        {
            Place = next == Height ? Place : 0;
            Height = next;
        }

        public void Advance()
        {
            Height++;
            Place = 0;
        }

        public void StayAt(uint next) => Place = next;
    }
}
