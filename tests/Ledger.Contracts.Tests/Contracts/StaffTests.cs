using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Staff;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Staff of institutions: taken on, given other roles, leaving.</summary>
[TestFixture]
public sealed class StaffTests
{
    private const long Joined = 1_600_000_000_000;

    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];

    private readonly TestParty teacher = new("teacher");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, schools[0]);
    }

    [Test]
    public void Both_sign_and_a_new_member_of_staff_gets_its_first_key()
    {
        ledger.Expect(ResultCode.MissingSignature, schools[0], StaffCalls.Appoint(teacher, Joined));
        OperationResult result = ledger.Accept(
            schools[0], StaffCalls.Appoint(teacher, Joined, 0, StaffRole.Teacher, StaffRole.Mentor), teacher);
        Assert.That(result.Number, Is.EqualTo(1));
        Assert.That(ledger.State.CurrentKey(teacher.Address), Is.EqualTo(teacher.Key));
        StaffTerm term = TermOf(1);
        Assert.That(term.Roles, Is.EqualTo(new[] { StaffRole.Teacher, StaffRole.Mentor }));
        Assert.That(term.JoinedUnixMs, Is.EqualTo(Joined));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.StaffAppointed));
        ledger.Expect(ResultCode.StaffExists, schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
    }

    [Test]
    public void A_learner_may_be_staff_and_staff_may_learn()
    {
        ledger.Accept(schools[0], StaffCalls.Appoint(learner, Joined), learner);
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Accept(teacher, Calls.UicCreate());
        ledger.Accept(schools[1], StaffCalls.Appoint(teacher, Joined), teacher);
    }

    [Test]
    public void Institutions_are_nobodys_staff_and_only_members_have_staff()
    {
        TestParty outsider = new("outsider");
        ledger.Expect(ResultCode.Malformed, schools[0], StaffCalls.Appoint(schools[1], Joined), schools[1]);
        ledger.Expect(ResultCode.NotRegistered, outsider, StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Accept(outsider, Calls.Register(outsider));
        ledger.Expect(ResultCode.NotAMember, outsider, StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Expect(ResultCode.NotAMember, outsider, StaffCalls.Assign(teacher, Joined + 1));
    }

    [Test]
    public void A_key_that_is_anothers_opens_no_address()
    {
        TestParty next = new("next");
        ledger.Accept(schools[1], Calls.Rotate(ledger, schools[1], next.Key));
        ledger.Expect(ResultCode.KeyUsed, schools[0], StaffCalls.Appoint(next, Joined), next);
        TestParty byVoteKey = teacher.WithFirst(schools[3].VoteKey);
        ledger.Expect(ResultCode.KeyUnusable, schools[0], StaffCalls.Appoint(byVoteKey, Joined), byVoteKey);
    }

    [Test]
    public void Other_roles_begin_where_the_ones_before_end()
    {
        ledger.Expect(ResultCode.NoStaff, schools[0], StaffCalls.Assign(teacher, Joined + 5));
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Expect(ResultCode.DateTooEarly, schools[0], StaffCalls.Assign(teacher, Joined));
        Assert.That(
            ledger.Accept(schools[0], StaffCalls.Assign(teacher, Joined + 5, StaffRole.Researcher)).Number,
            Is.EqualTo(2));
        Assert.That(TermOf(1).LeftUnixMs, Is.EqualTo(Joined + 5));
        Assert.That(TermOf(1).Interval.ToHeight, Is.EqualTo(ledger.Height));
        Assert.That(TermAt(Joined - 1), Is.Zero);
        Assert.That(TermAt(Joined + 4), Is.EqualTo(1));
        Assert.That(TermAt(Joined + 5), Is.EqualTo(2));
        Assert.That(TermOf(2).Roles, Is.EqualTo(new[] { StaffRole.Researcher }));
    }

    [Test]
    public void An_agreed_end_needs_no_call_and_makes_room_for_another_term()
    {
        long until = ledger.TimeMs + 10_000;
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined, until), teacher);
        Assert.That(TermAt(until - 1), Is.EqualTo(1));
        Assert.That(TermAt(until), Is.Zero);
        ledger.Expect(ResultCode.NotStaffThen, schools[0], StaffCalls.Assign(teacher, until));
        ledger.TimeMs = until;
        ledger.Expect(ResultCode.DateTooEarly, schools[0], StaffCalls.Appoint(teacher, until - 1), teacher);
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, until), teacher);
        Assert.That(TermAt(until), Is.EqualTo(2));
        Assert.That(TermOf(1).LeftUnixMs, Is.EqualTo(until));
    }

    [Test]
    public void Either_side_ends_it_and_others_do_not()
    {
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Accept(schools[1], StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Expect(ResultCode.NoRight, schools[2], StaffCalls.End(schools[0], teacher, Joined + 5));
        ledger.Expect(ResultCode.NoStaff, teacher, StaffCalls.End(schools[2], teacher, Joined + 5));
        ledger.Expect(ResultCode.DateInFuture, teacher, StaffCalls.End(schools[0], teacher, ledger.TimeMs + 60_000));
        ledger.Expect(ResultCode.DateTooEarly, teacher, StaffCalls.End(schools[0], teacher, Joined));
        ledger.Accept(teacher, StaffCalls.End(schools[0], teacher, Joined + 5));
        ledger.Accept(schools[1], StaffCalls.End(schools[1], teacher, Joined + 5));
        ledger.Expect(ResultCode.NoStaff, teacher, StaffCalls.End(schools[0], teacher, Joined + 6));
        Assert.That(TermAt(Joined + 4), Is.EqualTo(1));
        Assert.That(TermAt(Joined + 5), Is.Zero);
    }

    [Test]
    public void A_suspended_institution_still_lets_its_staff_go()
    {
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
        ledger.Decide(Calls.Suspend(schools[0]), schools[1..]);
        ledger.Expect(
            ResultCode.InstitutionSuspended, schools[0], StaffCalls.Assign(teacher, Joined + 5));
        ledger.Expect(
            ResultCode.InstitutionSuspended, schools[0], StaffCalls.Appoint(learner, Joined), learner);
        ledger.Accept(schools[0], StaffCalls.End(schools[0], teacher, Joined + 5));
    }

    [Test]
    public void Sixty_four_terms_are_kept()
    {
        ledger.Accept(schools[0], StaffCalls.Appoint(teacher, Joined), teacher);
        for (int term = 2; term <= StaffLimits.TermsMax; term++)
        {
            ledger.Accept(schools[0], StaffCalls.Assign(teacher, Joined + term));
        }

        ledger.Expect(
            ResultCode.TooManyTerms, schools[0], StaffCalls.Assign(teacher, Joined + StaffLimits.TermsMax + 1));
    }

    [Test]
    public void Calls_of_wrong_form_are_refused_with_their_transaction()
    {
        Operation[] wrong =
        [
            StaffCalls.Appoint(teacher, 0),
            StaffCalls.Appoint(teacher, Joined, Joined),
            StaffCalls.Appoint(teacher, Joined, 0, StaffRole.Unspecified),
            StaffCalls.Appoint(teacher, Joined, 0, StaffRole.Mentor, StaffRole.Teacher),
            StaffCalls.Appoint(teacher, Joined, 0, StaffRole.Mentor, StaffRole.Mentor),
            StaffCalls.Appoint(teacher, Joined, 0, (StaffRole)7),
            new() { StaffAppoint = new StaffAppoint { Staff = teacher.Address.ToField(), JoinedUnixMs = Joined } },
            StaffCalls.Assign(teacher, 0),
            new() { StaffAssign = new StaffAssign { Roles = { StaffRole.Teacher }, FromUnixMs = 1 } },
            StaffCalls.End(schools[0], teacher, 0),
            new() { StaffEnd = new StaffEnd { Staff = teacher.Address.ToField(), LeftUnixMs = 1 } },
            StaffCalls.Testify(learner, schools[0], 0),
            StaffCalls.Testify(learner, schools[0], 1, "not a uri"),
            StaffCalls.Withdraw(learner, schools[0], 0),
        ];
        foreach (Operation operation in wrong)
        {
            TransactionBody body = TestTransaction.Body(1, ledger.TimeMs, [schools[0]], [operation]);
            Assert.That(
                TestTransaction.Read(body, ledger.ChainId).Refusal, Is.EqualTo(TransactionRefusal.Malformed));
        }
    }

    private ulong TermAt(long date) =>
        StaffRules.TermAt(ledger.State, schools[0].Address, teacher.Address, date);

    private StaffTerm TermOf(ulong number) => ledger.State.Find(
        StateKeys.StaffTerms(schools[0].Address, teacher.Address).At(number), StaffTerm.Parser)!;
}
