using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Policies;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.Staff;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: institutions ask for access, and are denied. Rule K-10 of the protocol.</summary>
internal static class RequestContract
{
    /// <summary>
    /// By an admitted institution, or by one of its staff in its name; one request of it waits at a time.
    /// </summary>
    public static OperationResult Request(BlockDraft draft, LlpcRequest call, CallContext context)
    {
        LlpcName name = draft.NameOf(call.Learner, call.Verb);
        Address requester = call.Institution.IsEmpty ? context.Actor : call.Institution.ToAddress();
        ResultCode? refusal = MemberRules.Refusal(draft, requester)
            ?? RefusalOfStaff(draft, requester, context)
            ?? RefusalOfMissing(draft, name);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        OperationResult? violation = PolicyRules.Judge(draft, name, call);
        if (violation is not null)
        {
            return violation;
        }

        RequestBook.ExpireDue(draft, name, context);
        refusal = RefusalOfNumbers(draft, name, requester);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        RequestInstance request = new()
        {
            Interval = new Interval
            {
                FromHeight = context.Height,
                EndUnixMs = context.TimeUnixMs + LlpcLimits.RequestMs,
            },
            Requester = requester.ToField(),
            Rights = call.Rights,
            Purpose = call.Purpose,
            Policy = call.Policy,
        };
        ulong number = RequestBook.Open(draft, name, request);
        Emit(draft, ContractEventKind.AccessRequested, name, number, request, context);
        return Outcome.Accepted(number);
    }

    /// <summary>By the learner, or by who holds the grant bits of all that is asked for.</summary>
    public static OperationResult Deny(BlockDraft draft, LlpcDeny call, CallContext context)
    {
        LlpcName name = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, name, context)
            ?? RefusalToAnswer(draft, name, call.Request, context, LearnerAct.Protect);
        return refusal is null
            ? End(draft, name, call.Request, RequestOutcome.Denied, context)
            : Outcome.Refused(refusal.Value);
    }

    /// <summary>By the requester.</summary>
    public static OperationResult Withdraw(BlockDraft draft, LlpcWithdraw call, CallContext context)
    {
        LlpcName name = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, name, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        RequestInstance? request = RequestBook.Waiting(draft, name, call.Request, context.TimeUnixMs);
        if (request is null)
        {
            return Outcome.Refused(ResultCode.NoRequest);
        }

        return request.Requester.ToAddress() == context.Actor
            ? End(draft, name, call.Request, RequestOutcome.Withdrawn, context)
            : Outcome.Refused(ResultCode.NoRight);
    }

    /// <summary>
    /// Null where the actor may answer the request: it waits, and the actor acts for the learner or holds the grant
    /// bits of all that is asked for, so that nobody settles what another one decides.
    /// </summary>
    public static ResultCode? RefusalToAnswer(
        IStateView state, LlpcName name, ulong number, CallContext context, LearnerAct act)
    {
        RequestInstance? request = RequestBook.Waiting(state, name, number, context.TimeUnixMs);
        if (request is null)
        {
            return ResultCode.NoRequest;
        }

        if (LearnerActors.MayActFor(state, name.Learner, context, act))
        {
            return null;
        }

        AccessBits needed = request.Rights.ToBits().GrantBits();
        AccessBits held = AccessRights.Of(state, name, context.Actor, context.TimeUnixMs).Bits;
        return held.HasFlag(needed) ? null : ResultCode.NoRight;
    }

    // A teacher's key asks for the school while the teacher is staff; the request is the school's.
    private static ResultCode? RefusalOfStaff(BlockDraft draft, Address requester, CallContext context) =>
        context.Actor == requester
        || StaffRules.TermAt(draft, requester, context.Actor, context.TimeUnixMs) != 0
            ? null
            : ResultCode.NoRight;

    private static ResultCode? RefusalOfMissing(BlockDraft draft, LlpcName name)
    {
        if (draft.TryGet(StateKeys.Llpc(name), out _))
        {
            return null;
        }

        return draft.Learner(name.Learner) is null ? ResultCode.NotALearner : ResultCode.NoLlpc;
    }

    private static ResultCode? RefusalOfNumbers(BlockDraft draft, LlpcName name, Address requester)
    {
        Llpc llpc = draft.Llpc(name)!;
        if (llpc.Pending.Any(pending => pending.Requester.ToAddress() == requester))
        {
            return ResultCode.RequestExists;
        }

        if (llpc.Pending.Count >= LlpcLimits.PendingRequestsMax)
        {
            return ResultCode.TooManyRequests;
        }

        return draft.OpenRequests(requester) >= LlpcLimits.OpenRequestsMax ? ResultCode.RequesterAtLimit : null;
    }

    private static OperationResult End(
        BlockDraft draft, LlpcName name, ulong number, RequestOutcome outcome, CallContext context)
    {
        RequestBook.Close(draft, name, number, outcome, 0, context.Height);
        ContractEventKind kind = outcome == RequestOutcome.Denied
            ? ContractEventKind.AccessDenied
            : ContractEventKind.RequestWithdrawn;
        Emit(draft, kind, name, number, draft.Request(name, number)!, context);
        return Outcome.Accepted(number);
    }

    private static void Emit(
        BlockDraft draft,
        ContractEventKind kind,
        LlpcName name,
        ulong number,
        RequestInstance request,
        CallContext context) =>
        draft.Emit(RequestBook.EventOf(kind, name, number, request) with { Actor = context.Actor });
}
