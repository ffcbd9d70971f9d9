using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Erasing records; what is ordered, and how far it is, the node tells its own institution alone.</summary>
public sealed partial class LedgerClient
{
    /// <summary>Orders that everything of a learner be erased.</summary>
    public Task<ErasureView> EraseLearnerAsync(Address learner, CancellationToken cancellation) =>
        EraseAsync(new EraseRequest { Learner = Bytes(learner) }, cancellation);

    /// <summary>Orders that a statement or event be erased.</summary>
    public Task<ErasureView> EraseRecordAsync(string id, CancellationToken cancellation) =>
        EraseAsync(new EraseRequest { RecordId = id }, cancellation);

    /// <summary>Counts what an order about a learner would erase, and lists nothing.</summary>
    public Task<ErasureView> TryEraseLearnerAsync(Address learner, CancellationToken cancellation) =>
        EraseAsync(new EraseRequest { Learner = Bytes(learner), DryRun = true }, cancellation);

    /// <summary>Counts what an order about a statement or event would erase, and lists nothing.</summary>
    public Task<ErasureView> TryEraseRecordAsync(string id, CancellationToken cancellation) =>
        EraseAsync(new EraseRequest { RecordId = id, DryRun = true }, cancellation);

    /// <summary>The periods after which records are erased; with counts where records are to be gone through.</summary>
    public Task<RetentionView> GetPeriodsAsync(bool isCounted, CancellationToken cancellation)
    {
        PeriodsQuestion question = new() { DryRun = isCounted };
        return ProvedAsync(options => erasure.GetPeriodsAsync(question, options), cancellation);
    }

    /// <summary>How far an order of 16 bytes is, with its tombstones; or all orders, where it is empty.</summary>
    public Task<ErasureViews> GetErasuresAsync(ReadOnlyMemory<byte> order, CancellationToken cancellation)
    {
        ErasureQuestion question = new() { Order = ByteString.CopyFrom(order.Span) };
        return ProvedAsync(options => erasure.GetErasuresAsync(question, options), cancellation);
    }

    /// <summary>Who may hold copies of what an order of 16 bytes erased.</summary>
    public Task<ErasureHolders> GetErasureHoldersAsync(ReadOnlyMemory<byte> order, CancellationToken cancellation)
    {
        ErasureQuestion question = new() { Order = ByteString.CopyFrom(order.Span) };
        return ProvedAsync(options => erasure.GetHoldersAsync(question, options), cancellation);
    }

    /// <summary>
    /// The word of the institution whose node is asked that it holds no copy of records which the caller wrote and
    /// erased. It is not checked: <see cref="Erasure.ErasureAsker"/> does that.
    /// </summary>
    public Task<ErasureWord> AcknowledgeErasureAsync(AcknowledgementRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => erasure.AcknowledgeAsync(request, options), cancellation);

    private Task<ErasureView> EraseAsync(EraseRequest request, CancellationToken cancellation) =>
        ProvedAsync(options => erasure.EraseAsync(request, options), cancellation);
}
