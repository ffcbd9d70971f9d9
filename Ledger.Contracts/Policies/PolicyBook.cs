using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Policies;

/// <summary>The registry of policies, as the members' votes change it. Rule K-30 of the protocol.</summary>
internal static class PolicyBook
{
    /// <summary>Null where the template can be adopted now.</summary>
    public static ResultCode? Refusal(IStateView state, PolicyAdopt adopt)
    {
        ulong count = state.PolicyCount();
        if (adopt.Policy > count)
        {
            return ResultCode.NoPolicy;
        }

        return adopt.Policy == 0 && count >= PolicyLimits.PoliciesMax ? ResultCode.TooManyPolicies : null;
    }

    /// <summary>Null where the policy is in force.</summary>
    public static ResultCode? Refusal(IStateView state, PolicyRetire retire) =>
        state.OpenNumber(StateKeys.PolicyVersions(retire.Policy)) == 0 ? ResultCode.NoPolicy : null;

    /// <summary>Puts a template in force, as a new policy or the next version of one.</summary>
    public static void Adopt(BlockDraft draft, PolicyAdopt adopt, CallContext context)
    {
        ulong policy = adopt.Policy;
        if (policy == 0)
        {
            policy = draft.PolicyCount() + 1;
            draft.Set(StateKeys.PolicyCount, new PolicyCount { Count = policy });
        }

        Close(draft, policy, context.Height);
        Instances.Open(draft, StateKeys.PolicyVersions(policy), new PolicyVersion
        {
            Interval = Instances.From(context.Height),
            Template = adopt.Template,
        });
        draft.Emit(new ContractEvent(ContractEventKind.PolicyAdopted) { Actor = context.Actor, Number = policy });
    }

    /// <summary>Takes a policy out of force. Grants under it stand, and keep it.</summary>
    public static void Retire(BlockDraft draft, PolicyRetire retire, CallContext context)
    {
        Close(draft, retire.Policy, context.Height);
        draft.Emit(new ContractEvent(ContractEventKind.PolicyRetired)
        {
            Actor = context.Actor,
            Number = retire.Policy,
        });
    }

    private static void Close(BlockDraft draft, ulong policy, ulong height) =>
        Instances.Close(
            draft, StateKeys.PolicyVersions(policy), PolicyVersion.Parser, static value => value.Interval, height);
}
