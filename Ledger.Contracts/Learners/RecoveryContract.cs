using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>
/// RLPC: the parties that a learner named give it a new key, which its current key can stop until the delay is over.
/// Rule K-53 of the protocol.
/// </summary>
internal static class RecoveryContract
{
    /// <summary>By a named party, whose approval it is; one recovery of a learner at a time.</summary>
    public static OperationResult Propose(BlockDraft draft, RecoveryPropose call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        RecoveryPlan? plan = draft.RecoveryPlan(learner);
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, learner)
            ?? (plan is null ? ResultCode.NoRecoveryPlan : RefusalOfParty(draft, plan, context));
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (Pending(draft, learner, context.TimeUnixMs) is not null)
        {
            return Outcome.Refused(ResultCode.RecoveryIsOpen);
        }

        if (!RecoveryBook.IsNew(draft, call.NewKey))
        {
            return Outcome.Refused(ResultCode.RecoveryKeyUsed);
        }

        // One that has ended by time may wait for the queue still.
        RecoveryBook.Close(draft, learner, RecoveryState.Expired, null, context.Height);
        Recovery recovery = new()
        {
            Interval = new Interval
            {
                FromHeight = context.Height,
                EndUnixMs = context.TimeUnixMs + LearnerLimits.RecoveryApprovalMs,
            },
            State = RecoveryState.Open,
            Plan = draft.OpenNumber(LearnerKeys.RecoveryPlans(learner)),
            NewKey = call.NewKey,
        };
        ulong number = Instances.Open(draft, LearnerKeys.Recoveries(learner), recovery);
        Emit(draft, ContractEventKind.RecoveryProposed, learner, number, context);
        RecoveryBook.Approve(draft, learner, number, recovery, plan!, context);
        return Outcome.Accepted(number);
    }

    /// <summary>By another named party. The approval that reaches the threshold starts the delay.</summary>
    public static OperationResult Approve(BlockDraft draft, RecoveryApprove call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        (Recovery? recovery, ResultCode? refusal) = Find(draft, learner, call.Recovery, context);
        if (recovery is null)
        {
            return Outcome.Refused(refusal!.Value);
        }

        RecoveryPlan plan = PlanOf(draft, learner, recovery);
        refusal = RefusalOfParty(draft, plan, context);
        if (refusal is null && recovery.Approvals.Contains(Named(draft, plan, context)!))
        {
            refusal = ResultCode.AlreadyVoted;
        }

        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        RecoveryBook.Approve(draft, learner, call.Recovery, recovery, plan, context);
        return Outcome.Accepted(call.Recovery);
    }

    /// <summary>By the learner's current key or who acts for the learner, until it is completed.</summary>
    public static OperationResult Cancel(BlockDraft draft, RecoveryCancel call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        ResultCode? refusal = Find(draft, learner, call.Recovery, context).Refusal
            ?? LearnerActors.Refusal(draft, learner, context, LearnerAct.Protect);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        RecoveryBook.Close(draft, learner, RecoveryState.Cancelled, context.Actor, context.Height);
        return Outcome.Accepted(call.Recovery);
    }

    /// <summary>By a named party, once the delay is over.</summary>
    public static OperationResult Complete(BlockDraft draft, RecoveryComplete call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        (Recovery? recovery, ResultCode? refusal) = Find(draft, learner, call.Recovery, context);
        if (recovery is null)
        {
            return Outcome.Refused(refusal!.Value);
        }

        refusal = RefusalOfParty(draft, PlanOf(draft, learner, recovery), context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (recovery.DueUnixMs == 0 || context.TimeUnixMs < recovery.DueUnixMs)
        {
            return Outcome.Refused(ResultCode.RecoveryNotDue);
        }

        if (!RecoveryBook.IsNew(draft, recovery.NewKey))
        {
            return Outcome.Refused(ResultCode.RecoveryKeyUsed);
        }

        RecoveryBook.Complete(draft, learner, recovery, context);
        return Outcome.Accepted(call.Recovery);
    }

    /// <summary>The recovery that is open and has not ended by time.</summary>
    public static Recovery? Pending(IStateView state, Address learner, long timeUnixMs)
    {
        Recovery? open = state.OpenInstance(LearnerKeys.Recoveries(learner), Recovery.Parser);
        return open is not null && timeUnixMs < open.Interval.EndUnixMs ? open : null;
    }

    private static (Recovery? Recovery, ResultCode? Refusal) Find(
        BlockDraft draft, Address learner, ulong number, CallContext context)
    {
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, learner);
        Recovery? pending = Pending(draft, learner, context.TimeUnixMs);
        bool isThis = draft.OpenNumber(LearnerKeys.Recoveries(learner)) == number;
        refusal ??= pending is null || !isThis ? ResultCode.NoRecovery : null;
        return (refusal is null ? pending : null, refusal);
    }

    private static RecoveryPlan PlanOf(BlockDraft draft, Address learner, Recovery recovery)
    {
        RecoveryPlan? plan = draft.Find(LearnerKeys.RecoveryPlans(learner).At(recovery.Plan), RecoveryPlan.Parser);
        Invariant.That(plan is not null);
        return plan;
    }

    private static ResultCode? RefusalOfParty(BlockDraft draft, RecoveryPlan plan, CallContext context) =>
        Named(draft, plan, context) is null ? ResultCode.NoRight : null;

    // A learner that was named and merged away acts by its survivor, and still counts once.
    private static ByteString? Named(BlockDraft draft, RecoveryPlan plan, CallContext context) =>
        RecoveryBook.Named(draft, plan, context.Actor);

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, Address learner, ulong number, CallContext context) =>
        draft.Emit(new ContractEvent(kind)
        {
            Actor = context.Actor,
            Learner = learner,
            Subject = context.Actor,
            Number = number,
        });
}
