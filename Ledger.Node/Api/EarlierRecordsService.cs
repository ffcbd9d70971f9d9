using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Contracts.Learners;
using Ledger.Node.Anchoring;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>
/// Lets a learner say whether this institution anchors what it stored before the learner enrolled. A guardian says it
/// where there is one. Only learners of this institution are answered: others have nothing here that could wait.
/// </summary>
public sealed class EarlierRecordsService(
    Address self, CallerAuthentication callers, ChainState chain, EarlierWishes earlier, TimeProvider time)
        : EarlierRecords.EarlierRecordsBase
{
    /// <inheritdoc/>
    public override Task<EarlierState> SetEarlier(EarlierWish request, ServerCallContext context)
    {
        Address learner = RequireActor(request.Learner, context, LearnerAct.Consent);
        DateTimeOffset? asked = earlier.Wanted(learner);
        if (request.Anchor != asked is not null)
        {
            earlier.Set(learner, request.Anchor ? time.GetUtcNow() : null);
        }

        return Task.FromResult(StateOf(learner));
    }

    /// <inheritdoc/>
    public override Task<EarlierState> GetEarlier(EarlierQuery request, ServerCallContext context) =>
        Task.FromResult(StateOf(RequireActor(request.Learner, context, LearnerAct.Read)));

    private Address RequireActor(Google.Protobuf.ByteString named, ServerCallContext context, LearnerAct act)
    {
        Address caller = callers.Require(context);
        Address learner = Refusals.AddressOf(named, "learner");
        LedgerHead head = chain.Head;
        if (LearnerActors.Refusal(head.State, learner, caller, head.NextTimeUnixMs(time), act) is { } refusal)
        {
            throw Refusals.Denied($"{refusal}: the learner alone, or its guardian, says this");
        }

        return HomeLearners.IsOf(head.State, learner, self)
            ? learner
            : throw Refusals.Precondition(
                "NOT_ENROLLED: the learner was never enrolled at this node's institution, and has granted it nothing");
    }

    private EarlierState StateOf(Address learner)
    {
        DateTimeOffset? asked = earlier.Wanted(learner);
        return new EarlierState { Anchor = asked is not null, AskedUnixMs = asked?.ToUnixTimeMilliseconds() ?? 0 };
    }
}
