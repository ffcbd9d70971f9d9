using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>A validator's seat: who holds it, and the key of its votes.</summary>
public readonly record struct ValidatorSeat(Address Address, PublicKeyBytes VoteKey)
{
    /// <summary>The seats that the state gives for the block after it, in ascending order of address.</summary>
    public static IReadOnlyList<ValidatorSeat> Of(IStateView state)
    {
        List<ValidatorSeat> seats = [];
        foreach (Seat seat in state.Roll().Seats)
        {
            seats.Add(new ValidatorSeat(new Address(seat.Address.Span), new PublicKeyBytes(seat.VoteKey.Span)));
        }

        return seats;
    }
}
