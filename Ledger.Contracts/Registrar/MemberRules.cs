using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>Who may act as an institution.</summary>
internal static class MemberRules
{
    /// <summary>Null for an admitted institution of any kind.</summary>
    public static ResultCode? Refusal(IStateView state, Address institution) =>
        Refusal(state, StateKeys.Institution(institution));

    /// <summary>
    /// Null for an institution with duties: one that members have admitted, whatever became of it since, but for a
    /// revoked one.
    /// </summary>
    public static ResultCode? RefusalOfDuties(IStateView state, Address institution) =>
        state.HasDuties(institution) ? null : Refusal(state, institution);

    /// <summary>
    /// Null for an admitted institution or a learner: those who can own an index, or be granted access.
    /// </summary>
    public static ResultCode? RefusalOfParty(IStateView state, Address party) =>
        RefusalOfParty(state, party, StateKeys.Institution(party));

    /// <summary>The same for who makes the call.</summary>
    public static ResultCode? RefusalOfParty(IStateView state, CallContext context) =>
        RefusalOfParty(state, context.Actor, context.AsInstitution);

    private static ResultCode? RefusalOfParty(IStateView state, Address party, StateKey asInstitution)
    {
        ResultCode? refusal = Refusal(state, asInstitution);
        return refusal is null || state.TryGet(StateKeys.Learner(party), out _) ? null : refusal;
    }

    private static ResultCode? Refusal(IStateView state, StateKey institution)
    {
        Institution? known = state.Peek(institution, Institution.Parser);
        if (known is null)
        {
            return ResultCode.NotRegistered;
        }

        return known.Status == InstitutionStatus.Member ? null : ResultCode.NotAMember;
    }
}
