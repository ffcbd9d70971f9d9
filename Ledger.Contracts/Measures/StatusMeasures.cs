using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Measures;

/// <summary>The measures that change an institution's status. Rule K-61 of the protocol.</summary>
internal static class StatusMeasures
{
    /// <summary>Null where the institution is a member of any kind.</summary>
    public static ResultCode? Refusal(IStateView state, SuspendInstitution measure)
    {
        Address institution = measure.Institution.ToAddress();
        return MemberRules.Refusal(state, institution) ?? StandingBook.RefusalOfRoll(state, institution);
    }

    /// <summary>Null where it is suspended or has left.</summary>
    public static ResultCode? Refusal(IStateView state, ReinstateInstitution measure)
    {
        Institution? institution = state.Institution(measure.Institution.ToAddress());
        if (institution is null)
        {
            return ResultCode.NotRegistered;
        }

        return institution.Status is InstitutionStatus.Suspended or InstitutionStatus.Left
            ? null
            : ResultCode.NotSuspended;
    }

    /// <summary>Null where it is or was a member and may still act.</summary>
    public static ResultCode? Refusal(IStateView state, CloseInstitution measure)
    {
        Address address = measure.Institution.ToAddress();
        Institution? institution = state.Institution(address);
        if (institution is null)
        {
            return ResultCode.NotRegistered;
        }

        bool canClose = institution.Status
            is InstitutionStatus.Member or InstitutionStatus.Suspended or InstitutionStatus.Left;
        return canClose ? StandingBook.RefusalOfRoll(state, address) : ResultCode.NotAMember;
    }

    /// <summary>Out of the roll, and restricted to its duties.</summary>
    public static void Apply(BlockDraft draft, SuspendInstitution measure, CallContext context)
    {
        Address institution = measure.Institution.ToAddress();
        ulong number = StandingBook.End(draft, institution, InstitutionStatus.Suspended, context);
        Emit(draft, ContractEventKind.InstitutionSuspended, institution, number, context);
    }

    /// <summary>A member again, in the roll where its kind votes.</summary>
    public static void Apply(BlockDraft draft, ReinstateInstitution measure, CallContext context)
    {
        Address institution = measure.Institution.ToAddress();
        ulong number = StandingBook.Begin(draft, institution, context);
        Emit(draft, ContractEventKind.InstitutionReinstated, institution, number, context);
    }

    /// <summary>As suspended, for ever.</summary>
    public static void Apply(BlockDraft draft, CloseInstitution measure, CallContext context)
    {
        Address institution = measure.Institution.ToAddress();
        ulong number = StandingBook.End(draft, institution, InstitutionStatus.Closed, context);
        Emit(draft, ContractEventKind.InstitutionClosed, institution, number, context);
    }

    private static void Emit(
        BlockDraft draft, ContractEventKind kind, Address institution, ulong number, CallContext context) =>
        draft.Emit(new ContractEvent(kind) { Actor = context.Actor, Subject = institution, Number = number });
}
