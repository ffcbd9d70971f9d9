using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Erasure;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Erasure.Retention;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Erasure;

/// <summary>Takes orders of the node's own institution, and gives its word to others.</summary>
public sealed class ErasureNodeService(
    Address self,
    CallerAuthentication callers,
    ErasureOrders orders,
    ErasureList list,
    LedgerErasures ledger,
    TombstoneSender sender,
    HolderSearch holders,
    RetentionReport retention,
    ErasureWords words) : ErasureNode.ErasureNodeBase
{
    /// <inheritdoc/>
    public override Task<ErasureView> Erase(EraseRequest request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Learner.IsEmpty == (request.RecordId.Length == 0))
        {
            throw Refused(StatusCode.InvalidArgument, "learner: name a learner or the id of a record, and not both");
        }

        if (request.DryRun)
        {
            return Task.FromResult(DryRun(request));
        }

        OrderId order = request.RecordId.Length == 0
            ? orders.OfLearner(Refusals.AddressOf(request.Learner, "learner"))
            : orders.OfRecord(request.RecordId) ?? throw NoRecord();
        return Task.FromResult(View(list.Orders().Single(one => one.Id == order), withPlaces: false));
    }

    /// <inheritdoc/>
    public override Task<ErasureViews> GetErasures(ErasureQuestion request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Order.Length is not (0 or OrderId.Size))
        {
            throw Refused(StatusCode.InvalidArgument, "order: has 16 bytes, or none");
        }

        bool isOne = !request.Order.IsEmpty;
        ErasureViews views = new() { LedgerMayErase = sender.MayErase };
        views.Orders.AddRange(list.Orders()
            .Where(order => isOne
                ? order.Id == OrderId.Read(request.Order.Span)
                : order.Id != OrderId.OfLedger || order.Records > 0)
            .Select(order => View(order, isOne)));
        return isOne && views.Orders.Count == 0
            ? throw Refused(StatusCode.NotFound, "order: there is none of this name")
            : Task.FromResult(views);
    }

    /// <inheritdoc/>
    public override Task<ErasureHolders> GetHolders(ErasureQuestion request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        if (request.Order.Length != OrderId.Size)
        {
            throw Refused(StatusCode.InvalidArgument, "order: has 16 bytes");
        }

        return Task.FromResult(holders.Of(PlacesOf(OrderId.Read(request.Order.Span))));
    }

    /// <inheritdoc/>
    public override Task<RetentionView> GetPeriods(PeriodsQuestion request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return Task.FromResult(retention.View(request.DryRun));
    }

    /// <inheritdoc/>
    public override Task<ErasureWord> Acknowledge(AcknowledgementRequest request, ServerCallContext context)
    {
        Address writer = callers.Require(context);
        if (request.Places is not { Verb.Length: > 0, Indexes.Count: > 0 and <= ErasureWords.PlacesMax } places
            || !Address.TryRead(places.Learner.Span, out _)
            || places.Indexes.Zip(places.Indexes.Skip(1)).Any(static pair => pair.First >= pair.Second))
        {
            throw Refused(
                StatusCode.InvalidArgument,
                $"places: a learner, a verb, and 1 to {ErasureWords.PlacesMax} indexes in ascending order");
        }

        if (request.Random.Length != ErasureAsker.RandomBytes)
        {
            throw Refused(StatusCode.InvalidArgument, "random: has 16 bytes");
        }

        return Task.FromResult(words.About(writer, places, request.Random) ?? throw Refused(
            StatusCode.FailedPrecondition, "STILL_HELD: the erasure is not known here yet, or a copy is still held"));
    }

    private ErasureView DryRun(EraseRequest request)
    {
        ErasureScope scope = request.RecordId.Length == 0
            ? orders.FindLearner(Refusals.AddressOf(request.Learner, "learner"))
            : orders.FindRecord(request.RecordId) ?? throw NoRecord();
        return new ErasureView
        {
            Learner = request.Learner,
            Records = (ulong)scope.Records.Count,
            OnLedger = (ulong)sender.CountOnLedger(scope.Records),
            Accounts = (ulong)scope.AccountDigests.Count,
        };
    }

    private ErasureView View(ErasureOrder order, bool withPlaces)
    {
        ErasureView view = new()
        {
            Order = ByteString.CopyFrom(order.Id.ToArray()),
            ListedUnixMs = order.ListedUnixMs,
            Learner = order.Learner?.ToField() ?? ByteString.Empty,
            Records = order.Records,
            Removed = order.Removed,
            Scrubbed = order.Scrubbed,
            Settled = order.Settled,
        };
        if (withPlaces)
        {
            view.Places.AddRange(PlacesOf(order.Id));
        }

        return view;
    }

    private IEnumerable<ErasedPlaces> PlacesOf(OrderId order)
    {
        Dictionary<RecordLocator, ulong> heights = list.Of(order)
            .Where(static record => record.ErasedHeight > 0)
            .ToDictionary(static record => record.Locator, static record => record.ErasedHeight!.Value);
        return heights.Values.Distinct().Order()
            .SelectMany(ledger.In)
            .Where(erased => erased.Writer == self && heights.ContainsKey(erased.Locator))
            .GroupBy(static erased => erased.Llpc)
            .SelectMany(static range => range.Select(static erased => erased.Index).Order()
                .Chunk(ErasureWords.PlacesMax).Select(indexes => PlacesIn(range.Key, indexes)));
    }

    private static ErasedPlaces PlacesIn(LlpcName llpc, ulong[] indexes) =>
        new() { Learner = llpc.Learner.ToField(), Verb = llpc.Verb, Indexes = { indexes } };

    private static RpcException NoRecord() =>
        Refused(StatusCode.NotFound, "record_id: the store has no record of this id");

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
