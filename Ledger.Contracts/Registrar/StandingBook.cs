using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>
/// Beginnings and ends of memberships: status, membership instance and roll change together. Rule K-61 of the protocol.
/// </summary>
internal static class StandingBook
{
    /// <summary>Null unless nobody would be left in the roll: nothing could be decided any more.</summary>
    public static ResultCode? RefusalOfRoll(IStateView state, Address leaving)
    {
        Roll roll = state.Roll();
        return roll.Members.Count == 1 && roll.Members.Contains(leaving.ToField()) ? ResultCode.NoVoterLeft : null;
    }

    /// <summary>
    /// The institution is no member any more; its seat stays until a change of seats takes it. Gives the number of the
    /// membership that ended, or 0.
    /// </summary>
    public static ulong End(BlockDraft draft, Address address, InstitutionStatus status, CallContext context)
    {
        Institution institution = draft.Institution(address)!;
        institution.Status = status;
        draft.Set(StateKeys.Institution(address), institution);
        Roll roll = draft.Roll();
        if (roll.Members.Remove(address.ToField()))
        {
            draft.Set(StateKeys.Roll, roll);
        }

        return Instances.Close(
            draft, StateKeys.Memberships(address), Membership.Parser, static value => value.Interval, context.Height);
    }

    /// <summary>The institution is a member, and votes where it is a learning provider. Gives the membership.</summary>
    public static ulong Begin(BlockDraft draft, Address address, CallContext context)
    {
        Institution institution = draft.Institution(address)!;
        institution.Status = InstitutionStatus.Member;
        draft.Set(StateKeys.Institution(address), institution);
        if (institution.Kind == InstitutionKind.LearningProvider)
        {
            Roll roll = draft.Roll();
            AddressList.Insert(roll.Members, address);
            draft.Set(StateKeys.Roll, roll);
        }

        return Instances.Open(draft, StateKeys.Memberships(address), new Membership
        {
            Interval = Instances.From(context.Height),
            Kind = institution.Kind,
        });
    }
}
