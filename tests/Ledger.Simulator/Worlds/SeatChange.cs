using Ledger.Consensus;

namespace Ledger.Simulator.Worlds;

/// <summary>
/// A change of the validator set, as a function of the seats before it; where it does not fit them any more, nothing
/// changes. <paramref name="Enters"/> and <paramref name="Leaves"/> are identities, one of them -1 where it has no
/// meaning.
/// </summary>
public sealed record SeatChange(SeatChangeKind Kind, int Enters, int Leaves)
{
    /// <summary>The seats after it; never fewer than <paramref name="seatsMin"/>.</summary>
    public ulong Apply(ulong seats, int seatsMin)
    {
        int count = SeatRegistry.CountOf(seats);
        bool mayEnter = Enters >= 0 && SeatRegistry.VersionOf(seats, Enters) < 0;
        bool mayLeave = Leaves >= 0 && SeatRegistry.VersionOf(seats, Leaves) >= 0;
        switch (Kind)
        {
            case SeatChangeKind.Add:
                return mayEnter && count < ValidatorSet.CountMax ? SeatRegistry.With(seats, Enters, 0) : seats;
            case SeatChangeKind.Remove:
                return mayLeave && count > seatsMin ? SeatRegistry.With(seats, Leaves, -1) : seats;
            case SeatChangeKind.Swap:
                return mayEnter && mayLeave
                    ? SeatRegistry.With(SeatRegistry.With(seats, Leaves, -1), Enters, 0)
                    : seats;
            case SeatChangeKind.Rotate:
                int version = Leaves < 0 ? -1 : SeatRegistry.VersionOf(seats, Leaves);
                return version >= 0 && version + 1 < SeatRegistry.KeysMax
                    ? SeatRegistry.With(seats, Leaves, version + 1)
                    : seats;
            default:
                throw new InvalidOperationException("The kinds of changes are closed.");
        }
    }
}
