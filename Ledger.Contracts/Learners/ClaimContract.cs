using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>
/// RLPC: an institution announces learners by one-time codes, and who has a code enrols alone. Rule K-54 of the
/// protocol.
/// </summary>
internal static class ClaimContract
{
    /// <summary>Numbers the claims on from the last one, and answers the first number.</summary>
    public static OperationResult Announce(BlockDraft draft, ClaimAnnounce call, CallContext context)
    {
        ClaimCounter counter = draft.ClaimCounter(context.Actor);
        ResultCode? refusal = EnrolmentContract.RefusalOfInstitution(draft, context.Actor)
            ?? RefusalOfNumbers(counter, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong first = counter.Count + 1;
        foreach (Hash256 hash in call.Claims.Select(static claim => new Hash256(claim.Span)))
        {
            if (draft.ClaimNumber(context.Actor, hash) != 0)
            {
                return Outcome.Refused(ResultCode.ClaimExists);
            }

            counter.Count++;
            counter.Open++;
            draft.Set(LearnerKeys.ClaimNumber(context.Actor, hash), new ClaimNumber { Number = counter.Count });
            draft.Set(LearnerKeys.Claim(context.Actor, counter.Count), new Claim
            {
                Interval = new Interval { FromHeight = context.Height, EndUnixMs = call.EndUnixMs },
                Hash = hash.ToField(),
            });
        }

        draft.Set(LearnerKeys.ClaimCounter(context.Actor), counter);
        Emit(draft, ContractEventKind.ClaimsAnnounced, null, context.Actor, first, context);
        return Outcome.Accepted(first);
    }

    /// <summary>Takes back those with these numbers that are open, and answers how many they were.</summary>
    public static OperationResult Revoke(BlockDraft draft, ClaimRevoke call, CallContext context)
    {
        ClaimCounter counter = draft.ClaimCounter(context.Actor);
        ulong revoked = 0;
        ulong last = Math.Min(call.Last, counter.Count);
        for (ulong number = call.First; number <= last; number++)
        {
            Claim claim = draft.Claim(context.Actor, number)!;
            if (claim.Interval.ToHeight == 0)
            {
                claim.Interval.ToHeight = context.Height;
                draft.Set(LearnerKeys.Claim(context.Actor, number), claim);
                revoked++;
            }
        }

        if (revoked == 0)
        {
            return Outcome.Refused(ResultCode.NoClaim);
        }

        counter.Open -= revoked;
        draft.Set(LearnerKeys.ClaimCounter(context.Actor), counter);
        Emit(draft, ContractEventKind.ClaimsRevoked, null, context.Actor, call.First, context);
        return Outcome.Accepted(revoked);
    }

    /// <summary>By the learner or who acts for it; the code's key signs for the institution.</summary>
    public static OperationResult Use(BlockDraft draft, LearnerClaim call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        Address institution = call.Institution.ToAddress();
        Hash256 hash = LearnerDigests.ClaimOf(new PublicKeyBytes(call.ClaimKey.Span));
        ulong number = draft.ClaimNumber(institution, hash);
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, learner)
            ?? LearnerActors.Refusal(draft, learner, context, LearnerAct.Consent)
            ?? EnrolmentContract.RefusalOfInstitution(draft, institution)
            ?? RefusalOfClaim(draft.Claim(institution, number), context);
        if (refusal is null && draft.IsEnrolled(learner, institution))
        {
            refusal = ResultCode.AlreadyEnrolled;
        }

        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Claim claim = draft.Claim(institution, number)!;
        claim.Interval.ToHeight = context.Height;
        claim.Learner = call.Learner;
        draft.Set(LearnerKeys.Claim(institution, number), claim);
        ClaimCounter counter = draft.ClaimCounter(institution);
        counter.Open--;
        draft.Set(LearnerKeys.ClaimCounter(institution), counter);
        Emit(draft, ContractEventKind.ClaimUsed, learner, institution, number, context);
        return Outcome.Accepted(EnrolmentContract.Open(draft, learner, institution, context));
    }

    private static ResultCode? RefusalOfNumbers(ClaimCounter counter, ClaimAnnounce call, CallContext context)
    {
        if (call.EndUnixMs <= context.TimeUnixMs || call.EndUnixMs - context.TimeUnixMs > LearnerLimits.ClaimMs)
        {
            return ResultCode.TimeOutOfRange;
        }

        return counter.Open + (ulong)call.Claims.Count > LearnerLimits.OpenClaimsMax
            ? ResultCode.TooManyClaims
            : null;
    }

    private static ResultCode? RefusalOfClaim(Claim? claim, CallContext context)
    {
        if (claim is null || (claim.Interval.ToHeight != 0 && claim.Learner.IsEmpty))
        {
            return ResultCode.NoClaim;
        }

        if (claim.Interval.ToHeight != 0)
        {
            return ResultCode.ClaimUsed;
        }

        return context.TimeUnixMs < claim.Interval.EndUnixMs ? null : ResultCode.ClaimExpired;
    }

    private static void Emit(
        BlockDraft draft,
        ContractEventKind kind,
        Address? learner,
        Address institution,
        ulong number,
        CallContext context) =>
        draft.Emit(new ContractEvent(kind)
        {
            Actor = context.Actor,
            Learner = learner,
            Subject = institution,
            Number = number,
        });
}
