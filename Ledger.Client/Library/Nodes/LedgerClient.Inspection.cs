using System.Runtime.CompilerServices;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;

namespace Ledger.Client.Nodes;

/// <summary>
/// The state and the events as a whole; see <see cref="StateLists"/> and <see cref="EventFollower"/> for what is built
/// on them.
/// </summary>
public sealed partial class LedgerClient
{
    /// <summary>A page of the keys below a prefix at the node's head.</summary>
    public Task<StatePage> ListStateAsync(StateListRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => inspection.ListStateAsync(request, options), cancellation);

    /// <summary>The result of every operation of a block; the caller must be a member.</summary>
    public Task<ResultList> GetResultsAsync(ulong height, CancellationToken cancellation) => ProvedAsync(
        options => inspection.GetResultsAsync(new ResultsRequest { Height = height }, options), cancellation);

    /// <summary>Batches of events from a position on, up to the head or, with follow, until cancelled.</summary>
    public IAsyncEnumerable<EventBatch> WatchEventsAsync(
        EventQuestion question,
        EventPosition from,
        bool follow,
        CancellationToken cancellation)
    {
        EventsRequest request = new()
        {
            FromHeight = from.Height,
            FromPlace = from.Place,
            Learner = question.Learner is { } learner ? Bytes(learner) : ByteString.Empty,
            Institution = question.Institution is { } institution ? Bytes(institution) : ByteString.Empty,
            Kinds = { question.Kinds.Select(static kind => (uint)kind) },
            Follow = follow,
            Verb = question.Verb ?? string.Empty,
        };
        return StreamProvedAsync(options => inspection.WatchEvents(request, options), cancellation);
    }

    /// <summary>Answers to a caller who proves its key, one after the other.</summary>
    private async IAsyncEnumerable<T> StreamProvedAsync<T>(
        Func<CallOptions, AsyncServerStreamingCall<T>> open,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (bool isAgain = false; ; isAgain = true)
        {
            Metadata metadata = await ProofMetadataAsync(cancellation).ConfigureAwait(false);
            using AsyncServerStreamingCall<T> call = open(
                new CallOptions(metadata, cancellationToken: cancellation));
            int told = 0;
            while (await TryNextAsync(call.ResponseStream, isAgain || told > 0, cancellation).ConfigureAwait(false)
                is { } more)
            {
                if (!more)
                {
                    yield break;
                }

                told++;
                yield return call.ResponseStream.Current;
            }

            // A node that was started again has forgotten its challenges; one new proof settles whether that was it.
            await proofs!.ForgetAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<Metadata> ProofMetadataAsync(CancellationToken cancellation)
    {
        try
        {
            return await RequiredProofs.MetadataAsync(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }

    // Whether there is a next answer; null where the first answer was that the proof is not known.
    private async Task<bool?> TryNextAsync<T>(
        IAsyncStreamReader<T> stream, bool isProved, CancellationToken cancellation)
    {
        try
        {
            return await stream.MoveNext(cancellation).ConfigureAwait(false);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Unauthenticated && !isProved)
        {
            return null;
        }
        catch (RpcException failure)
        {
            throw FailureMapping.ToException(failure, endpoint.Uri, handler.SawOtherKey);
        }
    }
}
