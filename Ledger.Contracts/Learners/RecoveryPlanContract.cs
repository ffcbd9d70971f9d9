using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>RLPC: who may together give a learner a new key. Rule K-53 of the protocol.</summary>
internal static class RecoveryPlanContract
{
    /// <summary>By the learner, or by its guardian while there is one; without parties there is no plan.</summary>
    public static OperationResult Set(BlockDraft draft, RecoveryPlanSet call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        ResultCode? refusal = Refusal(draft, learner, call, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = LearnerKeys.RecoveryPlans(learner);
        ulong number = Instances.Close(
            draft, series, RecoveryPlan.Parser, static value => value.Interval, context.Height);
        if (call.Parties.Count > 0)
        {
            RecoveryPlan plan = new()
            {
                Interval = Instances.From(context.Height),
                Threshold = call.Threshold,
                DelayMs = call.DelayMs,
            };
            plan.Parties.AddRange(call.Parties);
            number = Instances.Open(draft, series, plan);
        }

        draft.Emit(new ContractEvent(ContractEventKind.RecoveryPlanned)
        {
            Actor = context.Actor,
            Learner = learner,
            Number = number,
        });
        return Outcome.Accepted(number);
    }

    private static ResultCode? Refusal(
        BlockDraft draft, Address learner, RecoveryPlanSet call, CallContext context)
    {
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, learner)
            ?? LearnerActors.Refusal(draft, learner, context, LearnerAct.Consent);
        if (refusal is not null)
        {
            return refusal;
        }

        // Who asked for a key by the plan that is in force would be judged by another one.
        if (RecoveryContract.Pending(draft, learner, context.TimeUnixMs) is not null)
        {
            return ResultCode.RecoveryIsOpen;
        }

        if (call.Parties.Count == 0)
        {
            return draft.RecoveryPlan(learner) is null ? ResultCode.NoRecoveryPlan : null;
        }

        return call.Parties.Select(party => RefusalOfParty(draft, party.ToAddress()))
            .FirstOrDefault(static found => found is not null);
    }

    private static ResultCode? RefusalOfParty(BlockDraft draft, Address party) =>
        draft.Guardian(party) is null ? MemberRules.RefusalOfParty(draft, party) : null;
}
