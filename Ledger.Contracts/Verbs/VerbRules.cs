using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Verbs;

/// <summary>Why a change of the verb registry cannot be made. Rule K-150 of the protocol.</summary>
internal static class VerbRules
{
    /// <summary>The first refusal on this state, or null.</summary>
    public static ResultCode? Refusal(IStateView state, ChangeVerbs change)
    {
        foreach (VerbEntry verb in change.Add)
        {
            if (state.RegisteredVerb(verb.Code) is not null)
            {
                return ResultCode.VerbCodeTaken;
            }

            if (VerbTable.Standard.TryGet(verb.Iri, out _) || state.VerbClaim(verb.Iri) is not null)
            {
                return ResultCode.VerbHasCode;
            }
        }

        foreach (VerbPair pair in change.Join)
        {
            if (state.OpenNumber(StateKeys.Equivalences(pair)) != 0)
            {
                return ResultCode.EquivalenceExists;
            }
        }

        foreach (VerbPair pair in change.Withdraw)
        {
            if (state.OpenNumber(StateKeys.Equivalences(pair)) == 0)
            {
                return ResultCode.NoEquivalence;
            }
        }

        VerbRegistry registry = state.VerbRegistry();
        ulong left = registry.Equivalences - (ulong)change.Withdraw.Count;
        return left + (ulong)change.Join.Count > VerbLimits.EquivalencesMax
            ? ResultCode.TooManyEquivalences
            : null;
    }
}
