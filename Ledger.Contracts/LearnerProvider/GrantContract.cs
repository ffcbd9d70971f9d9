using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: granting access. Rule K-11 of the protocol.</summary>
internal static class GrantContract
{
    /// <summary>
    /// By the learner, by an institution for what it wrote (parent 0), or by a grantee that passes its grant on.
    /// </summary>
    public static OperationResult Grant(BlockDraft draft, LlpcGrant call, CallContext context)
    {
        LlpcName llpc = draft.NameOf(call.Learner, call.Verb);
        Address grantee = call.Grantee.ToAddress();
        ResultCode? refusal = RefusalOfParties(draft, llpc, grantee, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        LiveGrants live = draft.LiveGrants(llpc);
        GrantInstance grant = new()
        {
            Interval = new Interval { FromHeight = context.Height, EndUnixMs = call.EndUnixMs },
            Grantor = context.Actor.ToField(),
            Grantee = call.Grantee,
            Rights = call.Rights,
            Parent = call.Parent,
            Depth = 1,
            Limits = call.Limits,
            Request = call.Request,
        };
        refusal = RefusalOfTime(call, context)
            ?? RefusalOfRequest(draft, llpc, call, context)
            ?? (call.Parent == 0
                ? FillFromOwnRight(draft, llpc, grant, context)
                : FillFromParent(draft, llpc, live, grant, context))
            ?? RefusalOfNumbers(live, grant);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        OperationResult? violation = PolicyRules.Judge(draft, llpc, live, call, grant, context);
        if (violation is not null)
        {
            return violation;
        }

        ulong number = GrantBook.Open(draft, llpc, live, grant, context.Height);
        draft.Emit(ContractEvent.Of(ContractEventKind.AccessGranted, llpc) with
        {
            Actor = context.Actor,
            Subject = grantee,
            Number = number,
            Rights = call.Rights.ToBits(),
        });
        Approve(draft, llpc, call, number, context);
        return Outcome.Accepted(number);
    }

    // A learner that grants all that was asked for has answered the request, whether it named it or not.
    private static void Approve(BlockDraft draft, LlpcName llpc, LlpcGrant call, ulong grant, CallContext context)
    {
        bool answers = LearnerActors.MayActFor(draft, llpc.Learner, context, LearnerAct.Consent);
        ulong request = call.Request == 0 && answers
            ? RequestBook.CoveredBy(
                draft, llpc, call.Grantee.ToAddress(), call.Rights.ToBits(), context.TimeUnixMs)
            : call.Request;
        if (request == 0)
        {
            return;
        }

        RequestBook.Close(draft, llpc, request, RequestOutcome.Approved, grant, context.Height);
        RequestInstance approved = draft.Request(llpc, request)!;
        draft.Emit(RequestBook.EventOf(ContractEventKind.RequestApproved, llpc, request, approved) with
        {
            Actor = context.Actor,
        });
    }

    private static ResultCode? RefusalOfRequest(BlockDraft draft, LlpcName llpc, LlpcGrant call, CallContext context)
    {
        if (call.Request == 0)
        {
            return null;
        }

        ResultCode? refusal = RequestContract.RefusalToAnswer(
            draft, llpc, call.Request, context, LearnerAct.Consent);
        if (refusal is not null)
        {
            return refusal;
        }

        RequestInstance request = draft.Request(llpc, call.Request)!;
        if (request.Requester != call.Grantee)
        {
            return ResultCode.NoRequest;
        }

        return (call.Rights.ToBits() & ~request.Rights.ToBits()) == 0 ? null : ResultCode.GrantExceedsRequest;
    }

    private static ResultCode? RefusalOfParties(BlockDraft draft, LlpcName llpc, Address grantee, CallContext context)
    {
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, llpc, context);
        if (refusal is not null)
        {
            return refusal;
        }

        // The learner has every right already, and a grant to oneself would only hide who granted what.
        return grantee == llpc.Learner || grantee == context.Actor
            ? ResultCode.Malformed
            : MemberRules.RefusalOfParty(draft, grantee);
    }

    private static ResultCode? RefusalOfTime(LlpcGrant call, CallContext context) =>
        call.EndUnixMs != 0 && call.EndUnixMs <= context.TimeUnixMs ? ResultCode.GrantExpired : null;

    private static ResultCode? FillFromOwnRight(
        BlockDraft draft, LlpcName llpc, GrantInstance grant, CallContext context)
    {
        ResultCode? refusal = LearnerActors.Refusal(draft, llpc.Learner, context, LearnerAct.Consent);
        if (refusal is null)
        {
            // Whoever acts for the learner grants in the learner's name, and keeps nothing of its own.
            grant.Grantor = llpc.Learner.ToField();
            return null;
        }

        if (refusal == ResultCode.Guarded)
        {
            return refusal;
        }

        AccessBits own = AccessRights.DefaultBits(draft, llpc, context.Actor);
        if (own == AccessBits.None)
        {
            return ResultCode.NoRight;
        }

        // The entry is what a later revocation of the institution's default right closes, this grant with it.
        if (UserIndex.UserIndexBook.OpenEntry(draft, llpc, context.Actor)?.Grant != 0)
        {
            return ResultCode.NotIndexed;
        }

        grant.OwnRecordsOnly = true;
        grant.Writer = context.Actor.ToField();
        return Exceeds(grant, own) ? ResultCode.GrantExceedsRight : null;
    }

    private static ResultCode? FillFromParent(
        BlockDraft draft, LlpcName llpc, LiveGrants live, GrantInstance grant, CallContext context)
    {
        GrantInstance? parent = live.Grants.FirstOrDefault(candidate => candidate.Number == grant.Parent)?.Grant;
        if (parent is null)
        {
            return ResultCode.NoGrant;
        }

        if (parent.Grantee.ToAddress() != context.Actor)
        {
            return ResultCode.NoRight;
        }

        if (!AccessRights.IsInTime(parent, context.TimeUnixMs))
        {
            return ResultCode.GrantExpired;
        }

        long parentEnd = parent.Interval.EndUnixMs;
        long end = grant.Interval.EndUnixMs;
        bool outlasts = parentEnd != 0 && (end == 0 || end > parentEnd);
        grant.Root = parent.Root == 0 ? grant.Parent : parent.Root;
        grant.Depth = parent.Depth + 1;
        grant.OwnRecordsOnly = parent.OwnRecordsOnly;
        grant.Writer = parent.Writer;
        return outlasts || Exceeds(grant, AccessRights.BitsOf(draft, llpc, parent))
            ? ResultCode.GrantExceedsRight
            : null;
    }

    private static bool Exceeds(GrantInstance grant, AccessBits held) =>
        (grant.Rights.ToBits() & ~held.Grantable()) != AccessBits.None;

    private static ResultCode? RefusalOfNumbers(LiveGrants live, GrantInstance grant)
    {
        if (grant.Depth > LlpcLimits.GrantDepthMax)
        {
            return ResultCode.GrantTooDeep;
        }

        bool fullRoot = grant.Root != 0
            && live.Grants.Count(other => other.Grant.Root == grant.Root) >= LlpcLimits.SubGrantsMax;
        return fullRoot || live.Grants.Count >= LlpcLimits.LiveGrantsMax ? ResultCode.TooManyGrants : null;
    }
}
