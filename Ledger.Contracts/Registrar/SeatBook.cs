using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>The history of sets and vote keys, as instances. Rules T-3 and C-19 of the protocol.</summary>
internal static class SeatBook
{
    /// <summary>
    /// Writes down the founders' set, once. A chain whose seats nobody has proposed to change does not hold it, because
    /// the genesis document says it all; so the state of height 0 is what it was before seats could change.
    /// </summary>
    public static void Begin(BlockDraft draft)
    {
        if (draft.OpenNumber(StateKeys.ValidatorSets) == 0)
        {
            IReadOnlyList<ValidatorSeat> founders = ValidatorSeat.Of(draft);
            OpenSet(draft, founders, 0, 0);
            foreach (ValidatorSeat seat in founders)
            {
                OpenKey(draft, seat, 0);
            }
        }
    }

    /// <summary>Makes the seats those of the next block, and gives its epoch.</summary>
    public static ulong Change(BlockDraft draft, IReadOnlyList<ValidatorSeat> seats, ulong height)
    {
        IReadOnlyList<ValidatorSeat> before = ValidatorSeat.Of(draft);
        ulong epoch = draft.Epoch() + 1;
        ulong first = height + 1;
        foreach (ValidatorSeat seat in before.Except(seats))
        {
            CloseKey(draft, seat, isRotated: seats.Any(other => other.Address == seat.Address), first);
        }

        foreach (ValidatorSeat seat in seats.Except(before))
        {
            OpenKey(draft, seat, first);
        }

        Instances.Close(
            draft, StateKeys.ValidatorSets, ValidatorSetInstance.Parser, static value => value.Interval, first);
        OpenSet(draft, seats, epoch, first);
        Roll roll = draft.Roll();
        roll.Seats.Clear();
        roll.Seats.AddRange(seats.Select(static seat => seat.ToMessage()));
        draft.Set(StateKeys.Roll, roll);
        return epoch;
    }

    private static void OpenSet(BlockDraft draft, IReadOnlyList<ValidatorSeat> seats, ulong epoch, ulong height)
    {
        ValidatorSetInstance instance = new()
        {
            Interval = Instances.From(height),
            Epoch = epoch,
            Hash = ValidatorSeat.HashOf(seats).ToField(),
        };
        instance.Seats.AddRange(seats.Select(static seat => seat.ToMessage()));
        ulong number = Instances.Open(draft, StateKeys.ValidatorSets, instance);
        Invariant.That(number == epoch + 1);
    }

    private static void OpenKey(BlockDraft draft, ValidatorSeat seat, ulong height)
    {
        Instances.Open(draft, StateKeys.VoteKeys(seat.Address), new VoteKeyInstance
        {
            Interval = Instances.From(height),
            PublicKey = seat.VoteKey.ToField(),
        });
        draft.Set(StateKeys.VoteKeyClaim(seat.VoteKey), new VoteKeyClaim { Institution = seat.Address.ToField() });
    }

    private static void CloseKey(BlockDraft draft, ValidatorSeat seat, bool isRotated, ulong height)
    {
        Instances.Close(
            draft,
            StateKeys.VoteKeys(seat.Address),
            VoteKeyInstance.Parser,
            static value => value.Interval,
            height);
        if (isRotated)
        {
            draft.Set(
                StateKeys.VoteKeyClaim(seat.VoteKey),
                new VoteKeyClaim { Institution = seat.Address.ToField(), Retired = true });
        }
    }
}
