using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>What an institution asks of its own node; nobody else is answered.</summary>
public sealed class InstitutionNodeService(
    Address self, CallerAuthentication callers, LearnerPairs pairs, RecordStore store, RecordStandings standings)
        : InstitutionNode.InstitutionNodeBase
{
    /// <inheritdoc/>
    public override Task<PairReply> PairLearner(PairRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        if (!LearnerPairs.IsAccount(request.ActorKey))
        {
            throw Refusals.Argument(
                "actor_key", "an account as the record store keeps it, for instance https://moodle.example|jo");
        }

        pairs.Set(request.ActorKey, request.Learner.IsEmpty ? null : Refusals.AddressOf(request.Learner, "learner"));
        return Task.FromResult(new PairReply());
    }

    /// <inheritdoc/>
    public override Task<PairPage> ListPairs(PageRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        int room = Refusals.LimitOf(request);
        PairPage page = new();
        foreach ((string actorKey, Address learner) in pairs.From(
            request.Cursor.IsEmpty ? null : request.Cursor.ToByteArray()))
        {
            if (page.Pairs.Count == room)
            {
                page.Cursor = UnsafeByteOperations.UnsafeWrap(pairs.CursorOf(actorKey));
                break;
            }

            page.Pairs.Add(new Pair { ActorKey = actorKey, Learner = ByteString.CopyFrom(learner.ToArray()) });
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<RecordView> GetRecord(RecordRequest request, ServerCallContext context)
    {
        RequireOwner(context);
        StoredRecord record = store.Find(RecordType.XapiStatement, request.Id)
            ?? store.Find(RecordType.CaliperEvent, request.Id)
            ?? throw Refusals.NotFound($"no record {request.Id} in this node's store");
        Address? learner = pairs.Find(record.ActorKey);
        return Task.FromResult(new RecordView
        {
            Id = record.Id,
            Type = record.Type == RecordType.XapiStatement ? "xapi" : "caliper",
            ActorKey = record.ActorKey,
            Verb = record.VerbIri,
            State = standings.Of(record).State,
            Commitment = ByteString.CopyFrom(record.Commitment.ToArray()),
            Locator = AnchorPlanner.LocatorMessage(record),
            Height = record.Place?.Height ?? 0,
            Index = record.Place?.WriterIndex ?? 0,
            Learner = learner is { } address ? ByteString.CopyFrom(address.ToArray()) : ByteString.Empty,
            Refusal = record.RefusalCode ?? string.Empty,
            StoredUnixMs = record.Stored.ToUnixTimeMilliseconds(),
        });
    }

    private void RequireOwner(ServerCallContext context) => callers.RequireOwner(context, self);
}
