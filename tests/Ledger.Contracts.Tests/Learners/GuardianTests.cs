using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class GuardianTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private readonly TestParty guardian = new("guardian");
    private readonly TestParty stranger = new("stranger");
    private TestLedger ledger = null!;

    private long Birthday => TestLedger.StartMs + LearnerCalls.DayMs;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.AddLearner(stranger);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void A_guardian_grants_for_a_minor_until_the_date_and_from_then_on_the_learner_does()
    {
        Appoint();
        ledger.Expect(ResultCode.Guarded, learner, Calls.Grant(learner, other, AccessBits.Read));
        ulong first = ledger.Accept(guardian, Calls.Grant(learner, other, AccessBits.Read)).Number;
        Assert.That(ledger.RightsOf(learner, other).MayRead(school.Address), Is.True);
        Assert.That(ledger.RightsOf(learner, guardian).MayRead(school.Address), Is.True);

        // What the guardian granted is the learner's grant: the learner revokes it, of age or not.
        ledger.Accept(learner, Calls.Revoke(learner, first));
        ledger.TimeMs = Birthday - TestLedger.BlockMs;
        ledger.Block();
        ledger.Expect(ResultCode.NotRegistered, guardian, Calls.Grant(learner, other, AccessBits.Read));
        ulong second = ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Read)).Number;
        ledger.Expect(ResultCode.NotRegistered, guardian, Calls.Revoke(learner, second));
        Assert.That(ledger.RightsOf(learner, guardian).Bits, Is.EqualTo(AccessBits.None));
    }

    [Test]
    public void The_first_key_of_a_guardian_whom_the_ledger_does_not_know_is_opened()
    {
        Assert.That(ledger.State.CurrentKey(guardian.Address), Is.Null);
        Assert.That(Appoint().Number, Is.EqualTo(1));
        Assert.That(ledger.State.CurrentKey(guardian.Address), Is.EqualTo(guardian.Key));
        Assert.That(ledger.State.Guardian(guardian.Address)!.Wards, Is.EqualTo(1));
        Assert.That(ledger.State.Find(LearnerKeys.Ward(guardian.Address, learner.Address), Ward.Parser)!.Guardianship,
            Is.EqualTo(1));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.GuardianAppointed));

        // A guardian may learn too, and needs no second key for it.
        ledger.AddLearner(guardian);
        ledger.Expect(ResultCode.LearnerExists, guardian, Calls.UicCreate());
        ledger.Expect(ResultCode.AlreadyRegistered, guardian, Calls.Register(guardian));
    }

    [Test]
    public void A_minor_may_refuse_and_take_back_and_its_guardian_consents()
    {
        Appoint();
        ledger.Accept(other, Calls.Request(learner, AccessBits.Read));
        ledger.Accept(learner, Calls.Deny(learner, 1));
        ledger.Accept(other, Calls.Request(learner, AccessBits.Read));
        ledger.Accept(guardian, Calls.Deny(learner, 2));
        ledger.Expect(ResultCode.Guarded, other, Calls.Enrol(learner, other), learner);
        ledger.Accept(guardian, Calls.Enrol(learner, other), other);
        ledger.Accept(learner, Calls.EndEnrolment(learner, other));
        ledger.Accept(other, Calls.Enrol(learner, other), guardian);
        ledger.Accept(guardian, Calls.EndEnrolment(learner, other));
    }

    [Test]
    public void An_appointment_is_refused_with_its_codes()
    {
        Operation appoint = LearnerCalls.Appoint(learner, guardian, school, Birthday);
        ledger.Expect(ResultCode.MissingSignature, learner, appoint, guardian);
        ledger.Expect(ResultCode.MissingSignature, learner, appoint, school);
        ledger.Expect(ResultCode.MissingSignature, guardian, appoint, school);
        ledger.Expect(ResultCode.NoRight, other, appoint, learner, guardian, school);
        ledger.Expect(ResultCode.NotALearner, school,
            LearnerCalls.Appoint(other, guardian, school, Birthday), other, guardian);
        ledger.Expect(ResultCode.NotRegistered, learner,
            LearnerCalls.Appoint(learner, guardian, stranger, Birthday), guardian, stranger);
        ledger.Expect(ResultCode.NotEnrolled, learner,
            LearnerCalls.Appoint(learner, guardian, other, Birthday), guardian, other);
        long now = ledger.TimeMs + TestLedger.BlockMs;
        ledger.Expect(ResultCode.TimeOutOfRange, learner,
            LearnerCalls.Appoint(learner, guardian, school, now), guardian, school);
        now = ledger.TimeMs + TestLedger.BlockMs;
        ledger.Expect(ResultCode.TimeOutOfRange, learner,
            LearnerCalls.Appoint(learner, guardian, school, now + LearnerLimits.GuardianshipMs + 1), guardian, school);
        now = ledger.TimeMs + TestLedger.BlockMs;
        ledger.Accept(learner,
            LearnerCalls.Appoint(learner, guardian, school, now + LearnerLimits.GuardianshipMs), guardian, school);
        ledger.Expect(ResultCode.HasGuardian, school,
            LearnerCalls.Appoint(learner, stranger, school, Birthday), learner, stranger);
    }

    [Test]
    public void A_minor_is_no_guardian()
    {
        Appoint();
        TestParty sibling = new("sibling");
        ledger.AddLearner(sibling);
        ledger.Enrol(sibling, school);
        ledger.Expect(ResultCode.Guarded, school,
            LearnerCalls.Appoint(sibling, learner, school, Birthday), sibling, learner);
    }

    [Test]
    public void A_guardianship_ends_early_by_the_guardian_alone()
    {
        Appoint();
        ledger.Expect(ResultCode.NoRight, learner, LearnerCalls.EndGuardian(learner));
        ledger.Expect(ResultCode.NoRight, school, LearnerCalls.EndGuardian(learner));
        Assert.That(ledger.Accept(guardian, LearnerCalls.EndGuardian(learner)).Number, Is.EqualTo(1));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.GuardianEnded));
        ledger.Expect(ResultCode.NoGuardian, guardian, LearnerCalls.EndGuardian(learner));
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Read));
        Assert.That(ledger.State.Guardian(guardian.Address)!.Wards, Is.Zero);
        Assert.That(Appoint().Number, Is.EqualTo(2));
        IReadOnlyList<Guardianship> all = ledger.State.Instances(
            LearnerKeys.Guardianships(learner.Address), Guardianship.Parser);
        Assert.That(all[0].Interval.ToHeight, Is.GreaterThan(all[0].Interval.FromHeight));
    }

    [Test]
    public void A_guardianship_ends_early_by_the_learner_with_an_institution_that_teaches_it()
    {
        Appoint();
        ledger.Expect(ResultCode.MissingSignature, learner, LearnerCalls.EndGuardian(learner, school));
        ledger.Expect(ResultCode.MissingSignature, school, LearnerCalls.EndGuardian(learner, school));
        ledger.Expect(ResultCode.NotEnrolled, learner, LearnerCalls.EndGuardian(learner, other), other);
        ledger.Expect(ResultCode.NoRight, other, LearnerCalls.EndGuardian(learner, school), learner, school);
        ledger.Accept(learner, LearnerCalls.EndGuardian(learner, school), school);
        ledger.Expect(ResultCode.NoGuardian, learner, LearnerCalls.EndGuardian(learner, school), school);
    }

    [Test]
    public void A_guardianship_whose_date_has_come_is_closed_by_the_next_block()
    {
        Appoint();
        Assert.That(ledger.State.Expiry, Has.Count.EqualTo(1));
        LedgerState rebuilt = LedgerState.FromEntries(ledger.State.Tree.Entries()
            .Select(entry => (entry.Key.Raw, entry.Value)));
        Assert.That(rebuilt.Expiry, Is.EqualTo(ledger.State.Expiry));

        ledger.TimeMs = Birthday - TestLedger.BlockMs;
        ledger.Block();
        Assert.That(ledger.Last!.Events.Single(), Is.EqualTo(new ContractEvent(ContractEventKind.GuardianExpired)
        {
            Learner = learner.Address, Subject = guardian.Address, Number = 1,
        }));
        Assert.That(ledger.State.Expiry, Is.Empty);
        Assert.That(ledger.State.OpenNumber(LearnerKeys.Guardianships(learner.Address)), Is.Zero);
        ledger.Expect(ResultCode.NoGuardian, guardian, LearnerCalls.EndGuardian(learner));
    }

    private OperationResult Appoint() =>
        ledger.Accept(learner, LearnerCalls.Appoint(learner, guardian, school, Birthday), guardian, school);
}
