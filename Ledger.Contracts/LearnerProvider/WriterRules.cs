using Ledger.Contracts.Execution;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>Who may write to an LLPC and its indexes.</summary>
internal static class WriterRules
{
    /// <summary>Null where the actor may write to the LLPC.</summary>
    public static ResultCode? Refusal(IStateView state, LlpcName llpc, CallContext context) =>
        RefusalOfLlpc(state, llpc, context) ?? RefusalOfRight(state, llpc, context);

    /// <summary>Null where the actor may write to the LLPC, which exists.</summary>
    public static ResultCode? RefusalOfRight(IStateView state, LlpcName llpc, CallContext context) =>
        AccessRights.MayWrite(state, llpc, context.Actor, context.TimeUnixMs)
            ? RefusalOfOptOut(state, llpc, context)
            : ResultCode.NoRight;

    /// <summary>Null where the actor is known to the ledger and the LLPC exists.</summary>
    public static ResultCode? RefusalOfLlpc(IStateView state, LlpcName llpc, CallContext context) =>
        RefusalOfActor(state, llpc, context) ?? RefusalOfName(state, llpc);

    /// <summary>Null where the actor is known to the ledger.</summary>
    public static ResultCode? RefusalOfActor(IStateView state, LlpcName llpc, CallContext context)
    {
        // Most who act are parties, and are found by one look-up.
        ResultCode? refusal = MemberRules.RefusalOfParty(state, context);
        return refusal is not null && !LearnerActors.MayActFor(state, llpc.Learner, context, LearnerAct.Protect)
            ? refusal
            : null;
    }

    /// <summary>Null where the LLPC exists.</summary>
    public static ResultCode? RefusalOfName(IStateView state, LlpcName llpc) =>
        state.TryGet(StateKeys.Llpc(llpc), out _) ? null : RefusalOfMissing(state, llpc);

    /// <summary>Why there is no such LLPC.</summary>
    public static ResultCode? RefusalOfMissing(IStateView state, LlpcName llpc) =>
        state.Learner(llpc.Learner) is null ? ResultCode.NotALearner : ResultCode.NoLlpc;

    /// <summary>Null unless the learner has opted out and somebody else writes.</summary>
    public static ResultCode? RefusalOfOptOut(IStateView state, LlpcName llpc, CallContext context) =>
        context.Actor == llpc.Learner || state.OptOut(llpc.Learner) == OptOutLevel.None ? null : ResultCode.OptedOut;

    /// <summary>Whether the writer needs no grant: the learner, or an institution with an open enrolment.</summary>
    public static bool HasOwnRight(IStateView state, LlpcName llpc, CallContext context) =>
        LearnerActors.MayActFor(state, llpc.Learner, context, LearnerAct.Write)
        || state.IsEnrolled(llpc.Learner, context.Actor);
}
