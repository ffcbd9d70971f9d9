using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>
/// Who may act for a learner. The one place that compares an actor with a learner, for contracts, boxes and nodes.
/// Rule K-50 of the protocol.
/// </summary>
public static class LearnerActors
{
    /// <summary>Whether the actor may do this for the learner, at a time in ms since 1970-01-01 UTC.</summary>
    public static bool MayActFor(
        IStateView state, Address learner, Address actor, long timeUnixMs, LearnerAct act) =>
        Refusal(state, learner, actor, timeUnixMs, act) is null;

    /// <summary>
    /// Null where the actor may do this for the learner, else why not: GUARDED for the learner's own consent while a
    /// guardian gives it, NO_RIGHT for anybody else.
    /// </summary>
    public static ResultCode? Refusal(
        IStateView state, Address learner, Address actor, long timeUnixMs, LearnerAct act)
    {
        if (act == LearnerAct.Write)
        {
            return actor == learner && state.Merge(learner) is null ? null : ResultCode.NoRight;
        }

        Address survivor = state.SurvivorOf(learner);
        Address? guardian = state.GuardianOf(survivor, timeUnixMs);
        if (actor == survivor)
        {
            return guardian is not null && act == LearnerAct.Consent ? ResultCode.Guarded : null;
        }

        return guardian is not null && actor == state.SurvivorOf(guardian.Value) ? null : ResultCode.NoRight;
    }

    /// <summary>Whether who makes the call may do this for the learner.</summary>
    internal static bool MayActFor(IStateView state, Address learner, CallContext context, LearnerAct act) =>
        Refusal(state, learner, context, act) is null;

    /// <summary>Null where who makes the call may do this for the learner, else why not.</summary>
    internal static ResultCode? Refusal(IStateView state, Address learner, CallContext context, LearnerAct act) =>
        Refusal(state, learner, context.Actor, context.TimeUnixMs, act);

    /// <summary>
    /// Null where somebody who may consent for the learner has signed the transaction, as actor or beside it.
    /// </summary>
    internal static ResultCode? RefusalOfConsent(IStateView state, Address learner, CallContext context)
    {
        ResultCode? own = ResultCode.MissingSignature;
        foreach (Address signer in context.Signers)
        {
            ResultCode? refusal = Refusal(state, learner, signer, context.TimeUnixMs, LearnerAct.Consent);
            if (refusal is null)
            {
                return null;
            }

            own = signer == learner ? refusal : own;
        }

        return own;
    }

    /// <summary>Null for a learner whose address stands for itself: what begins anew, begins with it.</summary>
    internal static ResultCode? RefusalOfStanding(IStateView state, Address learner)
    {
        if (state.Learner(learner) is null)
        {
            return ResultCode.NotALearner;
        }

        return state.Merge(learner) is null ? null : ResultCode.Absorbed;
    }
}
