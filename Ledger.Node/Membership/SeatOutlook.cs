using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;

namespace Ledger.Node.Membership;

/// <summary>What an approved change of seats makes of the set, in one state.</summary>
public static class SeatOutlook
{
    /// <summary>
    /// The set that a change makes when it is activated now, or why it cannot be: never approved, over, or at odds with
    /// the seats as they are.
    /// </summary>
    public static (ValidatorSet? Set, string? Obstacle) Of(IStateView state, ulong change, long timeUnixMs)
    {
        SeatProposal? proposal = state.SeatProposal(change);
        string? obstacle = proposal is null ? $"there is no change {change}"
            : proposal.ActivatedHeight != 0 ? $"change {change} was activated at height {proposal.ActivatedHeight}"
            : proposal.Ballot.State != BallotState.Approved
                ? $"change {change} is not approved: its ballot is {NameOf(proposal.Ballot.State)}"
            : proposal.Ballot.EndUnixMs <= timeUnixMs ? $"change {change} was not activated in time"
            : null;
        if (obstacle is not null)
        {
            return (null, obstacle);
        }

        (IReadOnlyList<ValidatorSeat> seats, ResultCode? refusal) = SeatRules.Apply(state, proposal!.Changes);
        return refusal is { } code
            ? (null, $"change {change} does not fit the seats as they are now: {ResultCodeText.Of(code)}")
            : (ValidatorSet.Of(seats.Select(seat => new Validator(seat.Address, seat.VoteKey))), null);
    }

    private static string NameOf(BallotState state) => state switch
    {
        BallotState.Open => "open",
        BallotState.Approved => "approved",
        BallotState.Rejected => "rejected",
        BallotState.Expired => "expired",
        BallotState.Unspecified => "unknown",
        _ => "unknown to this version",
    };
}
