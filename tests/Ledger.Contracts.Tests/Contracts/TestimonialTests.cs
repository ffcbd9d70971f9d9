using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Staff;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>F20 and F21: what staff testify about learners, and when they were staff.</summary>
[TestFixture]
public sealed class TestimonialTests
{
    private const long Joined = 1_600_000_000_000;

    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private readonly TestParty teacher = new("teacher");
    private readonly TestParty clerk = new("clerk");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    private TestParty School => schools[0];

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, School);
        ledger.Accept(School, StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Accept(School, StaffCalls.Appoint(clerk, Joined, 0, StaffRole.Administrator), clerk);
    }

    [Test]
    public void Only_active_staff_of_that_school_testify()
    {
        ledger.Expect(ResultCode.NotStaffThen, School, StaffCalls.Testify(learner, School, Joined));
        ledger.Expect(ResultCode.NotStaffThen, learner, StaffCalls.Testify(learner, School, Joined));
        ledger.Enrol(learner, schools[1]);
        ledger.Expect(ResultCode.NotStaffThen, teacher, StaffCalls.Testify(learner, schools[1], Joined));
        ledger.Expect(ResultCode.NotStaffThen, teacher, StaffCalls.Testify(learner, School, Joined - 1));
        ledger.Expect(ResultCode.RoleLacking, clerk, StaffCalls.Testify(learner, School, Joined));
        OperationResult result = ledger.Accept(teacher, StaffCalls.Testify(learner, School, Joined));
        Assert.That(result.Number, Is.EqualTo(1));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.TestimonialIssued));
        Testimonial kept = Of(1);
        Assert.That(kept.Commitment, Is.EqualTo(Calls.Commitment(20)));
        Assert.That(kept.Uri, Is.Empty, "Of a confidential one the ledger holds no more than a commitment.");
    }

    [Test]
    public void What_is_dated_after_the_end_is_refused_and_what_was_dated_before_stays_valid()
    {
        long left = ledger.TimeMs;
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, left - 1));
        ledger.Accept(School, StaffCalls.End(School, teacher, left));
        ledger.Expect(ResultCode.NotStaffThen, teacher, StaffCalls.Testify(learner, School, left));
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, left - 1));
        Assert.That(Of(1).Interval.ToHeight, Is.Zero);
        Assert.That(
            StaffRules.TermAt(ledger.State, School.Address, teacher.Address, Of(1).DatedUnixMs), Is.EqualTo(1));
    }

    [Test]
    public void No_end_is_set_before_what_was_done()
    {
        long dated = ledger.TimeMs;
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, dated));
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, dated - 100));
        ledger.Expect(ResultCode.DateTooEarly, School, StaffCalls.End(School, teacher, dated));
        ledger.Expect(ResultCode.DateTooEarly, School, StaffCalls.Assign(teacher, dated));
        ledger.Accept(School, StaffCalls.End(School, teacher, dated + 1));
    }

    [Test]
    public void Nobody_testifies_from_the_future_or_about_strangers()
    {
        TestParty stranger = new("stranger");
        ledger.Expect(
            ResultCode.DateInFuture, teacher, StaffCalls.Testify(learner, School, ledger.TimeMs + 60_000));
        ledger.Expect(ResultCode.NotALearner, teacher, StaffCalls.Testify(stranger, School, Joined));
        ledger.AddLearner(stranger);
        ledger.Expect(ResultCode.NotEnrolled, teacher, StaffCalls.Testify(stranger, School, Joined));
        ledger.Expect(ResultCode.NotRegistered, teacher, StaffCalls.Testify(learner, stranger, Joined));
        ledger.Decide(Calls.Suspend(School), schools[1..]);
        ledger.Expect(ResultCode.NotAMember, teacher, StaffCalls.Testify(learner, School, Joined));
    }

    [Test]
    public void A_reference_for_a_former_learner_is_open_at_its_address()
    {
        ledger.Accept(learner, Calls.EndEnrolment(learner, School));
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, Joined, "https://school1.example.org/t/1"));
        Assert.That(Of(1).Uri, Is.EqualTo("https://school1.example.org/t/1"));
    }

    [Test]
    public void Issuer_school_and_learner_withdraw_it_and_others_do_not()
    {
        foreach (TestParty who in new[] { teacher, School, learner })
        {
            ulong number = ledger.Accept(teacher, StaffCalls.Testify(learner, School, Joined)).Number;
            ledger.Expect(ResultCode.NoRight, schools[1], StaffCalls.Withdraw(learner, School, number));
            ledger.Accept(who, StaffCalls.Withdraw(learner, School, number));
            Assert.That(Of(number).Interval.ToHeight, Is.EqualTo(ledger.Height));
            ledger.Expect(ResultCode.NoTestimonial, who, StaffCalls.Withdraw(learner, School, number));
        }

        ledger.Expect(ResultCode.NoTestimonial, teacher, StaffCalls.Withdraw(learner, School, 9));
    }

    [Test]
    public void A_learners_testimonials_are_listed_by_its_address()
    {
        ledger.Enrol(learner, schools[1]);
        ledger.Accept(schools[1], StaffCalls.Appoint(clerk, Joined, 0, StaffRole.Registrar), clerk);
        ledger.Accept(teacher, StaffCalls.Testify(learner, School, Joined));
        ledger.Accept(clerk, StaffCalls.Testify(learner, schools[1], Joined));
        byte[] prefix = StateKeys.Prefix(StateKind.Testimonial, learner.Address);
        int found = ledger.State.Tree.Entries().Count(entry =>
            entry.Key.Raw.Span.StartsWith(prefix) && entry.Key.Raw.Span[^8..].IndexOfAnyExcept((byte)0) >= 0);
        Assert.That(found, Is.EqualTo(2));
    }

    [Test]
    public void There_is_an_end_to_testimonials()
    {
        Operation[] many =
        [
            .. Enumerable.Range(0, StaffLimits.TestimonialsMax)
                .Select(_ => StaffCalls.Testify(learner, School, Joined)),
        ];
        ledger.Group([teacher], many);
        Assert.That(Of(StaffLimits.TestimonialsMax).Staff, Is.Not.Empty);
        ledger.Expect(ResultCode.TooManyTestimonials, teacher, StaffCalls.Testify(learner, School, Joined));
    }

    private Testimonial Of(ulong number) => ledger.State.Find(
        StateKeys.Testimonials(learner.Address, School.Address).At(number), Testimonial.Parser)!;
}
