using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Registrar;

/// <summary>RLPC: learners at institutions. Rule K-6 of the protocol.</summary>
internal static class EnrolmentContract
{
    /// <summary>Signed by the learner and the institution.</summary>
    public static OperationResult Enrol(BlockDraft draft, Enrol call, CallContext context)
    {
        Address address = call.Learner.ToAddress();
        Address institution = call.Institution.ToAddress();
        ResultCode? refusal = Refusal(draft, address, institution, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        return draft.IsEnrolled(address, institution)
            ? Outcome.Refused(ResultCode.AlreadyEnrolled)
            : Outcome.Accepted(Open(draft, address, institution, context));
    }

    /// <summary>Opens an enrolment that was found right, and gives its number.</summary>
    public static ulong Open(BlockDraft draft, Address address, Address institution, CallContext context)
    {
        ulong number = Instances.Open(
            draft,
            StateKeys.Enrolments(address, institution),
            new Enrolment { Interval = Instances.From(context.Height) });
        Learner learner = draft.Learner(address)!;
        learner.OpenEnrolments++;
        draft.Set(StateKeys.Learner(address), learner);
        Emit(draft, ContractEventKind.Enrolled, address, institution, number, context);
        return number;
    }

    /// <summary>Signed by either; the institution becomes a former one.</summary>
    public static OperationResult End(BlockDraft draft, EndEnrolment call, CallContext context)
    {
        Address address = call.Learner.ToAddress();
        Address institution = call.Institution.ToAddress();
        if (context.Actor != institution
            && !LearnerActors.MayActFor(draft, address, context, LearnerAct.Protect))
        {
            return Outcome.Refused(ResultCode.NoRight);
        }

        InstanceSeries series = StateKeys.Enrolments(address, institution);
        ulong number = Instances.Close(
            draft, series, Enrolment.Parser, static value => value.Interval, context.Height);
        if (number == 0)
        {
            return Outcome.Refused(ResultCode.NotEnrolled);
        }

        Learner learner = draft.Learner(address)!;
        learner.OpenEnrolments--;
        draft.Set(StateKeys.Learner(address), learner);
        Emit(draft, ContractEventKind.EnrolmentEnded, address, institution, number, context);
        return Outcome.Accepted(number);
    }

    private static ResultCode? Refusal(BlockDraft draft, Address learner, Address institution, CallContext context)
    {
        ResultCode? unsigned = context.HasSigned(institution)
            ? LearnerActors.RefusalOfConsent(draft, learner, context)
            : ResultCode.MissingSignature;
        if (unsigned is not null)
        {
            return unsigned;
        }

        if (context.Actor != institution
            && !LearnerActors.MayActFor(draft, learner, context, LearnerAct.Consent))
        {
            return ResultCode.NoRight;
        }

        return LearnerActors.RefusalOfStanding(draft, learner) ?? RefusalOfInstitution(draft, institution);
    }

    /// <summary>Null for a member that teaches: an organisation may be granted access, but enrols nobody.</summary>
    public static ResultCode? RefusalOfInstitution(BlockDraft draft, Address institution)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, institution);
        bool isOrganisation = draft.Institution(institution)?.Kind == InstitutionKind.Organisation;
        return refusal ?? (isOrganisation ? ResultCode.NotAMember : null);
    }

    private static void Emit(
        BlockDraft draft,
        ContractEventKind kind,
        Address learner,
        Address institution,
        ulong number,
        CallContext context) =>
        draft.Emit(new ContractEvent(kind)
        {
            Actor = context.Actor,
            Learner = learner,
            Subject = institution,
            Number = number,
        });
}
