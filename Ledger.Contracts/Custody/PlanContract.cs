using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Custody;

/// <summary>Plans under which providers keep records. Rule K-18 of the protocol.</summary>
internal static class PlanContract
{
    /// <summary>By an admitted institution of any kind.</summary>
    public static OperationResult Publish(BlockDraft draft, CustodyPublishPlan call, CallContext context)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor);
        CustodyProvider provider = draft.CustodyProvider(context.Actor);
        refusal ??= provider.OpenPlans >= CustodyLimits.OpenPlansMax ? ResultCode.TooManyPlans : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        provider.Plans++;
        provider.OpenPlans++;
        draft.Set(StateKeys.CustodyProvider(context.Actor), provider);
        draft.Set(StateKeys.CustodyPlan(context.Actor, provider.Plans), new CustodyPlan
        {
            Interval = Instances.From(context.Height),
            Name = call.Name,
            TermsUri = call.TermsUri,
            Terms = call.Terms,
            NoticeDays = call.NoticeDays,
        });
        return Accept(draft, ContractEventKind.CustodyPlanPublished, provider.Plans, context);
    }

    /// <summary>By its provider.</summary>
    public static OperationResult Withdraw(BlockDraft draft, CustodyWithdrawPlan call, CallContext context)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, context.Actor);
        CustodyPlan? plan = draft.CustodyPlan(context.Actor, call.Plan);
        refusal ??= plan is null || plan.Interval.ToHeight != 0 ? ResultCode.NoPlan : null;
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        plan!.Interval.ToHeight = context.Height;
        draft.Set(StateKeys.CustodyPlan(context.Actor, call.Plan), plan);
        CustodyProvider provider = draft.CustodyProvider(context.Actor);
        provider.OpenPlans--;
        draft.Set(StateKeys.CustodyProvider(context.Actor), provider);
        return Accept(draft, ContractEventKind.CustodyPlanWithdrawn, call.Plan, context);
    }

    private static OperationResult Accept(
        BlockDraft draft, ContractEventKind kind, ulong number, CallContext context)
    {
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Subject = context.Actor, Number = number });
        return Outcome.Accepted(number);
    }
}
