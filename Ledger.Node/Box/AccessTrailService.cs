using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Shows a learner its trail: the ledger's entries, and what those of this box say. Nobody else is answered, members of
/// the consortium included.
/// </summary>
public sealed class AccessTrailService(
    CallerAuthentication callers,
    ChainState chain,
    ChainReader reader,
    AccessHistory history,
    SealedOpenings store,
    EncryptionKey own,
    TimeProvider time) : AccessTrail.AccessTrailBase
{
    private const uint PageMax = 1000;
    private const string NotYours = "NOT_YOURS: a trail is shown to its learner alone";

    private readonly SealedAnswers answers = new(store, own, TrailEntries.Purpose);

    /// <inheritdoc/>
    public override Task<TrailPage> ListTrail(TrailRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        RequireLearner(head, learner, context);
        ulong count = head.State.Trail(learner).Count;
        uint limit = request.Limit == 0 ? PageMax : Math.Min(request.Limit, PageMax);
        TrailPage page = new();
        if (request.FromIndex < count)
        {
            page.Entries.AddRange(reader.Trail(
                learner, request.FromIndex, Math.Min(limit, count - request.FromIndex)));
        }

        return Task.FromResult(page);
    }

    /// <inheritdoc/>
    public override Task<TrailContents> OpenTrail(TrailContentRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        Address caller = RequireLearner(head, learner, context);
        TrailContents contents = new();
        contents.Contents.AddRange(answers.Open(head.State, learner, caller, request.Commitments).Select(
            static one => new TrailContent { Commitment = one.Commitment, Content = one.Content }));
        return Task.FromResult(contents);
    }

    /// <inheritdoc/>
    public override Task<AccessPage> ListAccess(AccessRequest request, ServerCallContext context)
    {
        LedgerHead head = chain.Head;
        Address learner = Learner(request.Learner);
        RequireLearner(head, learner, context);
        return Task.FromResult(history.Page(learner, request.FromHeight, head.Height));
    }

    private Address RequireLearner(LedgerHead head, Address learner, ServerCallContext context)
    {
        Address caller = callers.Require(context);
        long now = head.NextTimeUnixMs(time);
        return LearnerActors.MayActFor(head.State, learner, caller, now, LearnerAct.Read)
            ? caller
            : throw Refused(StatusCode.PermissionDenied, NotYours);
    }

    private static Address Learner(ByteString bytes) => Address.TryRead(bytes.Span, out Address learner)
        ? learner
        : throw Refused(StatusCode.InvalidArgument, "learner: an address has 32 bytes");

    private static RpcException Refused(StatusCode code, string why) => new(new Status(code, why));
}
