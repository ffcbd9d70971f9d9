using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Learners;

/// <summary>RLPC: who acts for a learner that is not of age. Rule K-51 of the protocol.</summary>
internal static class GuardianContract
{
    /// <summary>Signed by the learner, the guardian and an institution that attests it.</summary>
    public static OperationResult Appoint(BlockDraft draft, GuardianAppoint call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        Address guardian = call.Guardian.ToAddress();
        Address institution = call.Institution.ToAddress();
        ResultCode? refusal = LearnerActors.RefusalOfStanding(draft, learner)
            ?? RefusalOfSigners(context, learner, guardian, institution)
            ?? RefusalOfWitness(draft, learner, institution)
            ?? RefusalOfTerm(draft, learner, guardian, call.UntilUnixMs, context)
            ?? RefusalOfKey(draft, guardian, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        // One that has ended by time may wait for the queue still.
        GuardianBook.Close(draft, learner, ContractEventKind.GuardianExpired, null, context.Height);
        ulong number = GuardianBook.Open(draft, call, context);
        draft.Emit(new ContractEvent(ContractEventKind.GuardianAppointed)
        {
            Actor = context.Actor,
            Learner = learner,
            Subject = guardian,
            Number = number,
        });
        return Outcome.Accepted(number);
    }

    /// <summary>By the guardian alone, or by the learner with an institution where it is enrolled.</summary>
    public static OperationResult End(BlockDraft draft, GuardianEnd call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        Address? guardian = draft.GuardianOf(learner, context.TimeUnixMs);
        if (guardian is null)
        {
            return Outcome.Refused(ResultCode.NoGuardian);
        }

        ResultCode? refusal = call.Institution.IsEmpty
            ? RefusalOfGuardian(draft, guardian.Value, context)
            : RefusalOfLearner(draft, learner, call.Institution.ToAddress(), context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        ulong number = GuardianBook.Close(
            draft, learner, ContractEventKind.GuardianEnded, context.Actor, context.Height);
        return Outcome.Accepted(number);
    }

    private static ResultCode? RefusalOfSigners(
        CallContext context, Address learner, Address guardian, Address institution)
    {
        if (!context.HasSigned(learner) || !context.HasSigned(guardian) || !context.HasSigned(institution))
        {
            return ResultCode.MissingSignature;
        }

        bool isOne = context.Actor == learner || context.Actor == guardian || context.Actor == institution;
        return isOne ? null : ResultCode.NoRight;
    }

    // A guardian that the ledger does not know yet brings its first key.
    private static ResultCode? RefusalOfKey(BlockDraft draft, Address guardian, CallContext context) =>
        draft.CurrentKey(guardian) is null ? KeyBook.Refusal(draft, context.KeyOf(guardian)!.Value) : null;

    // Who attests must know the learner: an institution that teaches it now.
    private static ResultCode? RefusalOfWitness(BlockDraft draft, Address learner, Address institution) =>
        MemberRules.Refusal(draft, institution)
        ?? (draft.IsEnrolled(learner, institution) ? null : ResultCode.NotEnrolled);

    private static ResultCode? RefusalOfTerm(
        BlockDraft draft, Address learner, Address guardian, long untilUnixMs, CallContext context)
    {
        if (untilUnixMs <= context.TimeUnixMs || untilUnixMs - context.TimeUnixMs > LearnerLimits.GuardianshipMs)
        {
            return ResultCode.TimeOutOfRange;
        }

        if (draft.GuardianOf(learner, context.TimeUnixMs) is not null)
        {
            return ResultCode.HasGuardian;
        }

        // Who needs a guardian is none.
        return draft.GuardianOf(guardian, context.TimeUnixMs) is null ? null : ResultCode.Guarded;
    }

    private static ResultCode? RefusalOfGuardian(BlockDraft draft, Address guardian, CallContext context) =>
        context.Actor == draft.SurvivorOf(guardian) ? null : ResultCode.NoRight;

    private static ResultCode? RefusalOfLearner(
        BlockDraft draft, Address learner, Address institution, CallContext context)
    {
        if (!context.HasSigned(learner) || !context.HasSigned(institution))
        {
            return ResultCode.MissingSignature;
        }

        return context.Actor == learner || context.Actor == institution
            ? RefusalOfWitness(draft, learner, institution)
            : ResultCode.NoRight;
    }
}
