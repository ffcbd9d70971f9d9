using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Staff;

/// <summary>RLPC: what staff testify about learners. Rule K-64 of the protocol.</summary>
internal static class TestimonialContract
{
    /// <summary>By staff of the institution at the date. Answers the testimonial's number.</summary>
    public static OperationResult Issue(BlockDraft draft, TestimonialIssue call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        Address institution = call.Institution.ToAddress();
        ResultCode? refusal = RefusalOfParties(draft, learner, institution);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        if (call.DatedUnixMs > context.TimeUnixMs)
        {
            return Outcome.Refused(ResultCode.DateInFuture);
        }

        ulong term = StaffRules.TermAt(draft, institution, context.Actor, call.DatedUnixMs);
        refusal = term == 0 ? ResultCode.NotStaffThen : Act(draft, institution, term, call.DatedUnixMs, context);
        if (refusal is not null)
        {
            return Outcome.Refused(refusal.Value);
        }

        InstanceSeries series = StateKeys.Testimonials(learner, institution);
        Counter counter = draft.Find(series.Counter, Counter.Parser) ?? new Counter();
        if (counter.Count >= StaffLimits.TestimonialsMax)
        {
            return Outcome.Refused(ResultCode.TooManyTestimonials);
        }

        counter.Count++;
        draft.Set(series.Counter, counter);
        draft.Set(series.At(counter.Count), new Testimonial
        {
            Interval = Instances.From(context.Height),
            Staff = context.Actor.ToField(),
            Term = term,
            DatedUnixMs = call.DatedUnixMs,
            Commitment = call.Commitment,
            Uri = call.Uri,
        });
        Emit(draft, ContractEventKind.TestimonialIssued, learner, institution, counter.Count, context);
        return Outcome.Accepted(counter.Count);
    }

    /// <summary>By whoever issued it, by its institution, or by the learner.</summary>
    public static OperationResult Withdraw(BlockDraft draft, TestimonialWithdraw call, CallContext context)
    {
        Address learner = call.Learner.ToAddress();
        Address institution = call.Institution.ToAddress();
        StateKey key = StateKeys.Testimonials(learner, institution).At(call.Number);
        Testimonial? testimonial = draft.Find(key, Testimonial.Parser);
        if (testimonial is null || testimonial.Interval.ToHeight != 0)
        {
            return Outcome.Refused(ResultCode.NoTestimonial);
        }

        bool isParty = context.Actor == learner
            || context.Actor == institution
            || context.Actor == testimonial.Staff.ToAddress();
        if (!isParty)
        {
            return Outcome.Refused(ResultCode.NoRight);
        }

        testimonial.Interval.ToHeight = context.Height;
        draft.Set(key, testimonial);
        Emit(draft, ContractEventKind.TestimonialWithdrawn, learner, institution, call.Number, context);
        return Outcome.Accepted(call.Number);
    }

    private static ResultCode? RefusalOfParties(BlockDraft draft, Address learner, Address institution)
    {
        ResultCode? refusal = MemberRules.Refusal(draft, institution);
        if (refusal is not null)
        {
            return refusal;
        }

        if (draft.Learner(learner) is null)
        {
            return ResultCode.NotALearner;
        }

        // Now or formerly: a reference is often written when somebody has left.
        bool wasThere = draft.TryGet(StateKeys.Enrolments(learner, institution).Counter, out _);
        return wasThere ? null : ResultCode.NotEnrolled;
    }

    // Notes in the term that something was done at this date, so that no end of the term is set before it.
    private static ResultCode? Act(
        BlockDraft draft, Address institution, ulong number, long dateUnixMs, CallContext context)
    {
        StateKey key = StateKeys.StaffTerms(institution, context.Actor).At(number);
        StaffTerm term = draft.Find(key, StaffTerm.Parser)!;
        if (!StaffRules.MayTestify(term))
        {
            return ResultCode.RoleLacking;
        }

        if (dateUnixMs > term.LatestActionUnixMs)
        {
            term.LatestActionUnixMs = dateUnixMs;
            draft.Set(key, term);
        }

        return null;
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
