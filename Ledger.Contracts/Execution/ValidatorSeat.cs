using Ledger.Contracts.Identity;
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

    /// <summary>H(validators, address, key, address, key …) of seats in ascending order of address. Rule P-9.</summary>
    public static Hash256 HashOf(IReadOnlyList<ValidatorSeat> seats)
    {
        HashBuilder builder = new(Tags.Validators, stackalloc byte[HashBuilder.ScratchBytes]);
        foreach (ValidatorSeat seat in seats)
        {
            builder.Add(seat.Address);
            builder.Add(seat.VoteKey.ToArray());
        }

        return builder.Finish();
    }

    /// <summary>The seat as it stands in the state.</summary>
    public Seat ToMessage() => new() { Address = Address.ToField(), VoteKey = VoteKey.ToField() };
}
