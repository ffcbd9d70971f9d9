using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// The node that shows the ledger to whoever makes an export. Each call throws <see cref="LedgerClientException"/>
/// where it gives no result.
/// </summary>
public interface IExportNode
{
    /// <summary>The height of its head.</summary>
    Task<ulong> HeightAsync(CancellationToken cancellation);

    /// <summary>A page of the state below a prefix, with proofs.</summary>
    Task<StatePage> ListAsync(StateListRequest request, CancellationToken cancellation);

    /// <summary>The value of a key, or its absence, proved.</summary>
    Task<StateEvidence> ProveAsync(StateKey key, CancellationToken cancellation);

    /// <summary>Entries of a learner's trail.</summary>
    Task<TrailPage> TrailAsync(TrailRequest request, CancellationToken cancellation);

    /// <summary>What happened to a learner, from the first block on that the node holds, up to its head.</summary>
    IAsyncEnumerable<ToldEvent> EventsAsync(Address learner, CancellationToken cancellation);

    /// <summary>The receipt of an operation.</summary>
    Task<Receipt> ReceiptAsync(Hash256 transactionId, uint group, uint operation, CancellationToken cancellation);
}
