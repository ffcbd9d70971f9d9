using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Primitives;

namespace Ledger.Client.Seats;

/// <summary>
/// What a change of seats would mean, before anybody proposes or activates it. Pure: from the current set, the changes
/// and who is believed to be live. The ledger itself never asks who is live.
/// </summary>
public sealed class MembershipPlan
{
    private MembershipPlan(SetOutlook before, SetOutlook? after, ResultCode? refusal)
    {
        Before = before;
        After = after;
        Refusal = refusal;
    }

    /// <summary>The current set, which must decide the block that bears the activation.</summary>
    public SetOutlook Before { get; }

    /// <summary>The set after the change, q of which must sign that they are ready; null when there is none.</summary>
    public SetOutlook? After { get; }

    /// <summary>
    /// Why the changes make no set of the current one; null when they do. Membership and the history of keys are the
    /// ledger's to judge.
    /// </summary>
    public ResultCode? Refusal { get; }

    /// <summary>Who has a seat only after the change, in ascending order of address.</summary>
    public IReadOnlyList<Address> Joining => AddressesOf(After).Except(AddressesOf(Before)).ToArray();

    /// <summary>Who has a seat only before the change, in ascending order of address.</summary>
    public IReadOnlyList<Address> Leaving =>
        After is null ? [] : AddressesOf(Before).Except(AddressesOf(After)).ToArray();

    /// <summary>Who has another vote key after the change, in ascending order of address.</summary>
    public IReadOnlyList<Address> Rotating => After is null
        ? []
        : [.. After.Set.Validators
            .Where(validator => Before.Set.IndexOf(validator.Address) is var place
                && place >= 0
                && Before.Set[place].VoteKey != validator.VoteKey)
            .Select(static validator => validator.Address)];

    /// <summary>
    /// Whether those who are live can bring the change about and go on afterwards: the current set decides the block,
    /// and the new set is ready.
    /// </summary>
    public bool IsFeasible => After is not null && Before.ReachesQuorum && After.ReachesQuorum;

    /// <summary>
    /// Who stands in the way: the missing of the current set where it cannot decide, and of the new one where it cannot
    /// be ready; in ascending order of address.
    /// </summary>
    public IReadOnlyList<Address> Blocking =>
        [.. new[] { Before, After }
            .OfType<SetOutlook>()
            .Where(static outlook => !outlook.ReachesQuorum)
            .SelectMany(static outlook => outlook.Missing)
            .Distinct()
            .Order()];

    /// <summary>Plans changes of the right form.</summary>
    public static MembershipPlan Of(
        ValidatorSet current, IEnumerable<SeatChange> changes, IReadOnlySet<Address> live)
    {
        SetOutlook before = SetOutlook.Of(current, live);
        (IReadOnlyList<ValidatorSeat> seats, ResultCode? refusal) = SeatChanges.Apply(
            [.. current.Validators.Select(static one => new ValidatorSeat(one.Address, one.VoteKey))], changes);
        return refusal is null
            ? new MembershipPlan(before, SetOutlook.Of(SetOf(seats), live), null)
            : new MembershipPlan(before, null, refusal);
    }

    /// <summary>Seats of the state as the set that consensus knows.</summary>
    public static ValidatorSet SetOf(IEnumerable<ValidatorSeat> seats) =>
        ValidatorSet.Of(seats.Select(static seat => new Validator(seat.Address, seat.VoteKey)));

    private static IEnumerable<Address> AddressesOf(SetOutlook? outlook) =>
        outlook?.Set.Validators.Select(static validator => validator.Address) ?? [];
}
