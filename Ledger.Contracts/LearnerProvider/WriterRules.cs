using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.LearnerProvider;

/// <summary>Who may write to an LLPC and its indexes.</summary>
internal static class WriterRules
{
    /// <summary>Null where the actor may write to the LLPC.</summary>
    public static ResultCode? Refusal(IStateView state, LlpcName llpc, CallContext context)
    {
        ResultCode? refusal = RefusalOfLlpc(state, llpc, context.Actor);
        if (refusal is not null)
        {
            return refusal;
        }

        return AccessRights.MayWrite(state, llpc, context.Actor, context.TimeUnixMs) ? null : ResultCode.NoRight;
    }

    /// <summary>Null where the actor is known to the ledger and the LLPC exists.</summary>
    public static ResultCode? RefusalOfLlpc(IStateView state, LlpcName llpc, Address actor)
    {
        ResultCode? refusal = actor == llpc.Learner ? null : MemberRules.RefusalOfParty(state, actor);
        if (refusal is not null)
        {
            return refusal;
        }

        if (state.TryGet(StateKeys.Llpc(llpc), out _))
        {
            return null;
        }

        return state.Learner(llpc.Learner) is null ? ResultCode.NotALearner : ResultCode.NoLlpc;
    }

    /// <summary>Whether the writer needs no grant: the learner, or an institution with an open enrolment.</summary>
    public static bool HasOwnRight(IStateView state, LlpcName llpc, Address writer) =>
        writer == llpc.Learner || state.IsEnrolled(llpc.Learner, writer);
}
