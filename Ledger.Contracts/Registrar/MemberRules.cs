using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>Who may act as an institution.</summary>
internal static class MemberRules
{
    /// <summary>Null for an admitted institution of any kind.</summary>
    public static ResultCode? Refusal(IStateView state, Address institution)
    {
        Institution? known = state.Peek(StateKeys.Institution(institution), Institution.Parser);
        if (known is null)
        {
            return ResultCode.NotRegistered;
        }

        return known.Status == InstitutionStatus.Member ? null : ResultCode.NotAMember;
    }

    /// <summary>
    /// Null for an institution with duties: one that members have admitted, whatever became of it since, but for a
    /// revoked one.
    /// </summary>
    public static ResultCode? RefusalOfDuties(IStateView state, Address institution) =>
        state.HasDuties(institution) ? null : Refusal(state, institution);

    /// <summary>
    /// Null for an admitted institution or a learner: those who can own an index, or be granted access.
    /// </summary>
    public static ResultCode? RefusalOfParty(IStateView state, Address party)
    {
        ResultCode? refusal = Refusal(state, party);
        return refusal is null || state.TryGet(StateKeys.Learner(party), out _) ? null : refusal;
    }
}
