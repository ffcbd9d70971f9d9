using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>Whether changes of seats can be made in a state, and what set they make. Rule C-19.</summary>
public static class SeatRules
{
    /// <summary>
    /// The seats that the state's would become; or why not. No seats come back with a refusal. That vote keys have
    /// signed for their institutions was checked with the transaction.
    /// </summary>
    public static (IReadOnlyList<ValidatorSeat> Seats, ResultCode? Refusal) Apply(
        IStateView state, IReadOnlyCollection<SeatChange> changes)
    {
        Roll roll = state.Roll();
        foreach (SeatChange change in changes)
        {
            if (!change.VoteKey.IsEmpty && Refusal(state, roll, change) is { } refusal)
            {
                return ([], refusal);
            }
        }

        return SeatChanges.Apply(ValidatorSeat.Of(state), changes);
    }

    private static ResultCode? Refusal(IStateView state, Roll roll, SeatChange change)
    {
        if (!roll.Members.Contains(change.Institution))
        {
            return ResultCode.NotAMember;
        }

        PublicKeyBytes key = new(change.VoteKey.Span);
        if (!VoteKeyForm.IsUsable(key) || state.KeyOwner(key) is not null)
        {
            return ResultCode.VoteKeyUnusable;
        }

        VoteKeyClaim? claim = state.VoteKeyClaim(key);
        return claim is null || (claim.Institution == change.Institution && !claim.Retired)
            ? null
            : ResultCode.VoteKeyUsed;
    }
}
