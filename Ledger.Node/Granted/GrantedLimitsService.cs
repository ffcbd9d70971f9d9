using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Policies;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>
/// Takes openings of limits of grants to this institution, from its administrators or from the learner, and keeps those
/// that open a grant which lasts. Rule B-11 of <c>docs/secure-box.md</c>.
/// </summary>
public sealed class GrantedLimitsService(
    Hash256 chainId,
    Address self,
    CallerAuthentication callers,
    ChainState chain,
    LimitsBook book,
    EncryptionKey own,
    TimeProvider time) : GrantedLimits.GrantedLimitsBase
{
    /// <inheritdoc/>
    public override Task<LimitsKept> Keep(LimitsToKeep request, ServerCallContext context)
    {
        Address caller = callers.Require(context);
        Address learner = Refusals.AddressOf(request.Learner, "learner");
        LedgerHead head = chain.Head;
        if (caller != self && !LearnerActors.MayActFor(
            head.State, learner, caller, head.NextTimeUnixMs(time), LearnerAct.Consent))
        {
            throw Refusals.Denied(
                "NOT_YOURS: this node's institution hands limits in, or the learner and who consents for it");
        }

        if (!TextForm.IsVerb(request.Verb)
            || (request.Openings.Count == 0) == request.Sealed.IsEmpty
            || request.Openings.Count > LimitsFile.OpeningsMax
            || !(request.Purpose.Length == 0 || PolicyForm.IsLabel(request.Purpose)))
        {
            throw Refusals.Argument(
                "openings", $"the exact IRI of a verb, and 1 to {LimitsFile.OpeningsMax} openings or a sealed file");
        }

        LlpcName llpc = new(learner, request.Verb);
        IReadOnlyList<LimitsOpening> openings = request.Sealed.IsEmpty
            ? request.Openings
            : LimitsFile.Open(chainId, llpc, request.Sealed.Span, own) ?? throw Refusals.Precondition(
                "NOT_SEALED_HERE: the file is not for this learner and verb, or not sealed to this node's key");
        KeptLimits[] limits = [.. OpenedBy(head, llpc, openings, request.Purpose)];
        if (!book.TryKeep(limits))
        {
            throw Refusals.Precondition($"TOO_MANY: a node keeps the limits of {LimitsBook.GrantsMax} grants");
        }

        return Task.FromResult(new LimitsKept { Grants = { limits.Select(static one => one.Grant) } });
    }

    /// <inheritdoc/>
    public override Task<LimitsList> ListLimits(LimitsQuery request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        LimitsList list = new();
        list.Limits.AddRange(book.All().Select(static one => new KeptLimitsView
        {
            Learner = one.Llpc.Learner.ToField(),
            Verb = one.Llpc.Verb,
            Grant = one.Grant,
            Purpose = one.Purpose,
            KeptUnixMs = one.KeptUnixMs,
        }));
        return Task.FromResult(list);
    }

    /// <inheritdoc/>
    public override Task<LimitsForgotten> Forget(LimitsToForget request, ServerCallContext context)
    {
        callers.RequireOwner(context, self);
        return Task.FromResult(new LimitsForgotten
        {
            Grants = (uint)book.Forget(Refusals.AddressOf(request.Learner, "learner")),
        });
    }

    // The grants that these open, whole lines of them; at least one, and each as a tool can use it.
    private IEnumerable<KeptLimits> OpenedBy(
        LedgerHead head, LlpcName llpc, IReadOnlyList<LimitsOpening> openings, string purpose)
    {
        long now = head.NextTimeUnixMs(time);
        bool isAny = false;
        foreach (ReadGrant grant in AccessRights.ReadGrants(head.State, llpc, self, now)
            .Where(static grant => !grant.IsUnlimited))
        {
            if (OpenedLimits.Of(grant, openings) is { } limits)
            {
                RequireUse(limits, purpose);
                isAny = true;
                yield return new KeptLimits(
                    llpc, grant.Grant.Number, openings, purpose, time.GetUtcNow().ToUnixTimeMilliseconds());
            }
        }

        if (!isAny)
        {
            throw Refusals.Precondition("NO_GRANT: these open no grant to this institution that lasts");
        }
    }

    private static void RequireUse(IReadOnlyList<GrantLimits> limits, string purpose)
    {
        if (limits.Any(static one => one.FeaturesOnly))
        {
            throw Refusals.Precondition("FEATURES_ONLY: tools read records, and this grant opens features alone");
        }

        if (limits.Any(one => !LimitsCoverage.CoversPurpose(one, purpose)))
        {
            throw Refusals.Precondition(
                "PURPOSE_NOT_COVERED: name one of the purposes that the limits name, for which your tools read");
        }
    }
}
