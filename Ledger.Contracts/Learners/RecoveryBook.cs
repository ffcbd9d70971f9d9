using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>Counts approvals of recoveries and closes them, and keeps the queue of end times with them.</summary>
internal static class RecoveryBook
{
    /// <summary>
    /// Whether this key may become a learner's: it is no weak one, and nobody's, now or ever.
    /// </summary>
    public static bool IsNew(IStateView state, ByteString key) =>
        KeyBook.Refusal(state, new PublicKeyBytes(key.Span)) is null;

    /// <summary>Under which name of the plan the actor acts; null where it was not named.</summary>
    public static ByteString? Named(IStateView state, RecoveryPlan plan, Address actor) =>
        plan.Parties.FirstOrDefault(party => state.SurvivorOf(party.ToAddress()) == actor);

    /// <summary>Adds the actor's approval; the one that reaches the threshold starts the delay.</summary>
    public static void Approve(
        BlockDraft draft, Address learner, ulong number, Recovery recovery, RecoveryPlan plan, CallContext context)
    {
        StateKey key = LearnerKeys.Recoveries(learner).At(number);
        draft.Unschedule(new ExpiryEntry(recovery.Interval.EndUnixMs, key));
        recovery.Approvals.Add(Named(draft, plan, context.Actor));
        if (recovery.DueUnixMs == 0 && recovery.Approvals.Count >= plan.Threshold)
        {
            recovery.DueUnixMs = context.TimeUnixMs + plan.DelayMs;
            recovery.Interval.EndUnixMs = recovery.DueUnixMs + LearnerLimits.RecoveryCompletionMs;
        }

        draft.Schedule(new ExpiryEntry(recovery.Interval.EndUnixMs, key));
        draft.Set(key, recovery);
        Emit(draft, ContractEventKind.RecoveryApproved, learner, number, context.Actor);
    }

    /// <summary>The new key takes the place of the current one.</summary>
    public static void Complete(BlockDraft draft, Address learner, Recovery recovery, CallContext context)
    {
        KeyBook.Rotate(draft, learner, new PublicKeyBytes(recovery.NewKey.Span), context);
        Close(draft, learner, RecoveryState.Completed, context.Actor, context.Height);
    }

    /// <summary>Closes the recovery that is open, in time or not; nothing where none is.</summary>
    public static void Close(
        BlockDraft draft, Address learner, RecoveryState state, Address? actor, ulong height)
    {
        InstanceSeries series = LearnerKeys.Recoveries(learner);
        Recovery? open = draft.OpenInstance(series, Recovery.Parser);
        if (open is null)
        {
            return;
        }

        ulong number = Instances.Close(draft, series, Recovery.Parser, static value => value.Interval, height);
        draft.Unschedule(new ExpiryEntry(open.Interval.EndUnixMs, series.At(number)));
        open.Interval.ToHeight = height;
        open.State = state;
        draft.Set(series.At(number), open);
        ContractEventKind kind = state switch
        {
            RecoveryState.Completed => ContractEventKind.RecoveryCompleted,
            RecoveryState.Cancelled => ContractEventKind.RecoveryCancelled,
            _ => ContractEventKind.RecoveryExpired,
        };
        Emit(draft, kind, learner, number, actor);
    }

    /// <summary>Closes a recovery that has ended by time.</summary>
    public static void Expire(BlockDraft draft, ExpiryEntry entry, ulong height)
    {
        Address learner = new(entry.Key.Raw.Span.Slice(1, Address.Size));
        Close(draft, learner, RecoveryState.Expired, null, height);
    }

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, Address learner, ulong number, Address? actor) =>
        draft.Emit(new ContractEvent(kind)
        {
            Actor = actor,
            Learner = learner,
            Subject = actor,
            Number = number,
        });
}
