using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>
/// What a list of changes makes of a set, by itself: who may have a seat and which keys were used before is the state's
/// to say.
/// </summary>
public static class SeatChanges
{
    /// <summary>
    /// The seats after all changes, in ascending order of address; or why the set would not be one. Changes must have
    /// the right form. No seats come back with a refusal.
    /// </summary>
    public static (IReadOnlyList<ValidatorSeat> Seats, ResultCode? Refusal) Apply(
        IReadOnlyList<ValidatorSeat> seats, IEnumerable<SeatChange> changes)
    {
        SortedDictionary<Address, PublicKeyBytes> held = [];
        foreach (ValidatorSeat seat in seats)
        {
            held.Add(seat.Address, seat.VoteKey);
        }

        foreach (SeatChange change in changes)
        {
            if (Apply(held, change) is { } refusal)
            {
                return ([], refusal);
            }
        }

        ResultCode? fault = held.Count == 0 ? ResultCode.SetEmpty
            : held.Count > GenesisLimits.SeatsMax ? ResultCode.SetTooLarge
            : held.Values.Distinct().Count() != held.Count ? ResultCode.VoteKeyUsed
            : null;
        return fault is null ? ([.. held.Select(seat => new ValidatorSeat(seat.Key, seat.Value))], null) : ([], fault);
    }

    private static ResultCode? Apply(SortedDictionary<Address, PublicKeyBytes> held, SeatChange change)
    {
        Address institution = change.Institution.ToAddress();
        return change.Kind switch
        {
            SeatChangeKind.Add => Add(held, institution, change),
            SeatChangeKind.Remove => held.Remove(institution) ? null : ResultCode.NoSeat,
            SeatChangeKind.Rotate => Rotate(held, institution, change),
            SeatChangeKind.Replace => held.Remove(change.Outgoing.ToAddress())
                ? Add(held, institution, change)
                : ResultCode.NoSeat,
            SeatChangeKind.Unspecified => ResultCode.Malformed,
        };
    }

    private static ResultCode? Add(
        SortedDictionary<Address, PublicKeyBytes> held, Address institution, SeatChange change) =>
        held.TryAdd(institution, new PublicKeyBytes(change.VoteKey.Span)) ? null : ResultCode.SeatTaken;

    private static ResultCode? Rotate(
        SortedDictionary<Address, PublicKeyBytes> held, Address institution, SeatChange change)
    {
        if (!held.TryGetValue(institution, out PublicKeyBytes current))
        {
            return ResultCode.NoSeat;
        }

        PublicKeyBytes next = new(change.VoteKey.Span);
        if (current != new PublicKeyBytes(change.OldVoteKey.Span))
        {
            return ResultCode.VoteKeyDiffers;
        }

        held[institution] = next;
        return next == current ? ResultCode.VoteKeyUsed : null;
    }
}
