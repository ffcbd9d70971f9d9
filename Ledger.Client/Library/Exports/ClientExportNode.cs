using System.Runtime.CompilerServices;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>A node that is asked over its public API, for the ledger and for what it keeps.</summary>
public sealed class ClientExportNode(LedgerClient client, TimeProvider time) : IExportNode, IExportSchool
{
    /// <summary>A node that goes away while it tells events is waited for so long.</summary>
    private static readonly TimeSpan EventPatience = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public async Task<ulong> HeightAsync(CancellationToken cancellation) =>
        (await client.GetStatusAsync(cancellation).ConfigureAwait(false)).Height;

    /// <inheritdoc/>
    public Task<StatePage> ListAsync(StateListRequest request, CancellationToken cancellation) =>
        client.ListStateAsync(request, cancellation);

    /// <inheritdoc/>
    public Task<StateEvidence> ProveAsync(StateKey key, CancellationToken cancellation) =>
        client.GetStateAsync(key.Raw, cancellation);

    /// <inheritdoc/>
    public Task<TrailPage> TrailAsync(TrailRequest request, CancellationToken cancellation) =>
        client.ListTrailAsync(request, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ToldEvent> EventsAsync(
        Address learner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ulong first = (await client.GetStatusAsync(cancellation).ConfigureAwait(false)).FirstBlock;
        EventFollower follower = new(
            client,
            new EventQuestion(learner, null, ExportReceipts.Kinds),
            new EventPosition(Math.Max(first, EventPosition.First.Height), 0),
            EventPatience,
            time);
        await foreach (ToldEvent told in follower.ReadAsync(follow: false, cancellation).ConfigureAwait(false))
        {
            yield return told;
        }
    }

    /// <inheritdoc/>
    public Task<Receipt> ReceiptAsync(
        Hash256 transactionId, uint group, uint operation, CancellationToken cancellation) =>
        client.GetReceiptAsync(transactionId, group, operation, cancellation);

    /// <inheritdoc/>
    public Task<BoxAnswer> ReadAsync(BoxRequest request, CancellationToken cancellation) =>
        client.ReadBoxAsync(request, cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<SchoolWord> TellAsync(TellRequest request, CancellationToken cancellation) =>
        client.TellAsync(request, cancellation);
}
