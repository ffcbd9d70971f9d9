using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>
/// Who may act for a learner. The one place that compares an actor with a learner, for contracts, boxes and nodes.
/// </summary>
public static class LearnerActors
{
    /// <summary>Whether the actor may do this for the learner, at a time in ms since 1970-01-01 UTC.</summary>
    public static bool MayActFor(
        IStateView state, Address learner, Address actor, long timeUnixMs, LearnerAct act) =>
        Refusal(state, learner, actor, timeUnixMs, act) is null;

    /// <summary>Null where the actor may do this for the learner, else why not.</summary>
    public static ResultCode? Refusal(
        IStateView state, Address learner, Address actor, long timeUnixMs, LearnerAct act) =>
        actor == learner ? null : ResultCode.NoRight;

    /// <summary>Whether who makes the call may do this for the learner.</summary>
    internal static bool MayActFor(IStateView state, Address learner, CallContext context, LearnerAct act) =>
        MayActFor(state, learner, context.Actor, context.TimeUnixMs, act);

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
}
