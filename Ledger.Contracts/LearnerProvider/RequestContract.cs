using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>LLPC: institutions ask for access, and are denied. Rule K-10 of the protocol.</summary>
internal static class RequestContract
{
    /// <summary>By an admitted institution; one request of it waits at a time.</summary>
    public static OperationResult Request(BlockDraft draft, LlpcRequest call, CallContext context)
    {
        LlpcName name = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor)
            ?? WriterRules.RefusalOfLlpc(draft, name, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Llpc llpc = draft.Llpc(name)!;
        if (llpc.Pending.Any(pending => pending.Requester.ToAddress() == context.Actor))
        {
            return Outcome.Refused(ResultCode.RequestExists);
        }

        if (llpc.Pending.Count >= LlpcLimits.PendingRequestsMax)
        {
            return Outcome.Refused(ResultCode.TooManyRequests);
        }

        llpc.Requests++;
        llpc.Pending.Add(new PendingRequest
        {
            Number = llpc.Requests,
            Requester = context.Actor.ToField(),
            Rights = call.Rights,
            Purpose = call.Purpose,
            Height = context.Height,
        });
        draft.Set(StateKeys.Llpc(name), llpc);
        draft.Emit(ContractEvent.Of(ContractEventKind.AccessRequested, name) with
        {
            Actor = context.Actor,
            Subject = context.Actor,
            Number = llpc.Requests,
            Rights = call.Rights.ToBits(),
        });
        return Outcome.Accepted(llpc.Requests);
    }

    /// <summary>By the learner, or by who holds the grant bits of all that is asked for.</summary>
    public static OperationResult Deny(BlockDraft draft, LlpcDeny call, CallContext context)
    {
        LlpcName name = draft.NameOf(call.Learner, call.Verb);
        ResultCode? refusal = WriterRules.RefusalOfLlpc(draft, name, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        Llpc llpc = draft.Llpc(name)!;
        PendingRequest? request = llpc.Pending.FirstOrDefault(pending => pending.Number == call.Request);
        if (request is null)
        {
            return Outcome.Refused(ResultCode.NoRequest);
        }

        AccessBits needed = request.Rights.ToBits().GrantBits();
        if (!LearnerActors.MayActFor(draft, name.Learner, context, LearnerAct.Protect)
            && !AccessRights.Of(draft, name, context.Actor, context.TimeUnixMs).Bits.HasFlag(needed))
        {
            return Outcome.Refused(ResultCode.NoRight);
        }

        llpc.Pending.Remove(request);
        draft.Set(StateKeys.Llpc(name), llpc);
        draft.Emit(ContractEvent.Of(ContractEventKind.AccessDenied, name) with
        {
            Actor = context.Actor,
            Subject = request.Requester.ToAddress(),
            Number = request.Number,
            Rights = request.Rights.ToBits(),
        });
        return Outcome.Accepted(request.Number);
    }
}
