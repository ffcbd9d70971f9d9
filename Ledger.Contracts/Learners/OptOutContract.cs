using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>RLPC: a learner wants no more records of itself anchored, or stored. Rule K-55 of the protocol.</summary>
internal static class OptOutContract
{
    /// <summary>
    /// By the learner or who acts for it. A higher level takes something back and is everybody's of them; a lower one
    /// gives consent.
    /// </summary>
    public static OperationResult Set(BlockDraft draft, OptOut call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        OptOutLevel before = draft.OptOut(learner);
        LearnerAct act = call.Level > before ? LearnerAct.Protect : LearnerAct.Consent;
        ResultCode? refusal = draft.Learner(learner) is null
            ? ResultCode.NotALearner
            : LearnerActors.Refusal(draft, learner, context, act);
        if (refusal is null && call.Level == before)
        {
            refusal = ResultCode.OptOutUnchanged;
        }

        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = LearnerKeys.OptOuts(learner);
        ulong number = Instances.Close(
            draft, series, OptOutInstance.Parser, static value => value.Interval, context.Height);
        if (call.Level != OptOutLevel.None)
        {
            number = Instances.Open(draft, series, new OptOutInstance
            {
                Interval = Instances.From(context.Height),
                Level = call.Level,
            });
        }

        draft.Emit(new ContractEvent(ContractEventKind.OptedOut)
        {
            Actor = context.Actor,
            Learner = learner,
            Number = (ulong)call.Level,
        });
        return Outcome.Accepted(number);
    }
}
