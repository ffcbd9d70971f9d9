using Ledger.Contracts.Execution;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class ClaimTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private readonly TestParty friend = new("friend");
    private readonly TestParty[] codes = [.. Enumerable.Range(0, 3).Select(number => new TestParty($"code{number}"))];
    private TestLedger ledger = null!;

    private long End => TestLedger.StartMs + LearnerCalls.DayMs;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(friend);
    }

    [Test]
    public void Who_has_a_code_enrols_alone_and_once()
    {
        Assert.That(ledger.Accept(school, LearnerCalls.Announce(End, codes)).Number, Is.EqualTo(1));
        OperationResult[] results = ledger.Group(
            [learner], Calls.UicCreate(), LearnerCalls.Claim(ledger, learner, school, codes[1]));
        Assert.That(results.Select(result => result.Code), Is.All.EqualTo(ResultCode.Accepted));
        Assert.That(ledger.State.IsEnrolled(learner.Address, school.Address), Is.True);
        ContractEvent used = ledger.Last!.Events.Single(one => one.Kind == ContractEventKind.ClaimUsed);
        Assert.That(used.Learner, Is.EqualTo(learner.Address));
        Assert.That(used.Subject, Is.EqualTo(school.Address));
        Assert.That(used.Number, Is.EqualTo(2));
        Assert.That(ledger.State.ClaimCounter(school.Address).Open, Is.EqualTo(2));
        ledger.Expect(ResultCode.ClaimUsed, friend, LearnerCalls.Claim(ledger, friend, school, codes[1]));
    }

    [Test]
    public void A_claim_is_refused_with_its_codes()
    {
        ledger.Accept(school, LearnerCalls.Announce(End, codes));
        ledger.Expect(ResultCode.NotALearner, learner, LearnerCalls.Claim(ledger, learner, school, codes[0]));
        ledger.AddLearner(learner);
        ledger.Expect(ResultCode.NoClaim, learner, LearnerCalls.Claim(ledger, learner, other, codes[0]));
        ledger.Expect(ResultCode.NoClaim, learner, LearnerCalls.Claim(ledger, learner, school, new TestParty("none")));
        ledger.Expect(ResultCode.NotRegistered, learner, LearnerCalls.Claim(ledger, learner, friend, codes[0]));
        ledger.Expect(ResultCode.NoRight, friend, LearnerCalls.Claim(ledger, learner, school, codes[0]));
        ledger.Accept(school, LearnerCalls.RevokeClaims(1, 1));
        ledger.Expect(ResultCode.NoClaim, learner, LearnerCalls.Claim(ledger, learner, school, codes[0]));
        ledger.Accept(learner, LearnerCalls.Claim(ledger, learner, school, codes[1]));
        ledger.Expect(ResultCode.AlreadyEnrolled, learner, LearnerCalls.Claim(ledger, learner, school, codes[2]));
        ledger.TimeMs = End - TestLedger.BlockMs;
        ledger.Expect(ResultCode.ClaimExpired, friend, LearnerCalls.Claim(ledger, friend, school, codes[2]));
    }

    [Test]
    public void An_announcement_is_refused_with_its_codes()
    {
        ledger.Expect(ResultCode.NotRegistered, friend, LearnerCalls.Announce(End, codes));
        TestParty vendor = new("vendor");
        ledger.AddMember(vendor, InstitutionKind.Organisation, school, other);
        ledger.Expect(ResultCode.NotAMember, vendor, LearnerCalls.Announce(End, codes));
        ledger.Expect(ResultCode.TimeOutOfRange, school,
            LearnerCalls.Announce(ledger.TimeMs + TestLedger.BlockMs, codes));
        long latest = ledger.TimeMs + TestLedger.BlockMs + LearnerLimits.ClaimMs;
        ledger.Expect(ResultCode.TimeOutOfRange, school, LearnerCalls.Announce(latest + 1, codes));
        ledger.Accept(school, LearnerCalls.Announce(latest, codes));
        ledger.Expect(ResultCode.ClaimExists, school, LearnerCalls.Announce(End, codes[2]));
        ledger.Accept(other, LearnerCalls.Announce(End, codes[2]));
    }

    [Test]
    public void So_many_claims_are_open_and_no_more()
    {
        for (int batch = 0; batch < 128; batch++)
        {
            TestParty[] many = [.. Enumerable.Range(0, 1024).Select(number => new TestParty($"{batch}.{number}"))];
            ledger.Accept(school, LearnerCalls.Announce(End, many));
        }

        ledger.Expect(ResultCode.TooManyClaims, school, LearnerCalls.Announce(End, codes[0]));
        Assert.That(ledger.Accept(school, LearnerCalls.RevokeClaims(1, 1024)).Number, Is.EqualTo(1024));
        ledger.Accept(school, LearnerCalls.Announce(End, codes[0]));
    }

    [Test]
    public void Claims_are_taken_back_by_who_announced_them()
    {
        ledger.Accept(school, LearnerCalls.Announce(End, codes));
        ledger.Expect(ResultCode.NoClaim, other, LearnerCalls.RevokeClaims(1, 3));
        Assert.That(ledger.Accept(school, LearnerCalls.RevokeClaims(2, 9)).Number, Is.EqualTo(2));
        ledger.Expect(ResultCode.NoClaim, school, LearnerCalls.RevokeClaims(2, 3));
        Assert.That(ledger.State.ClaimCounter(school.Address).Open, Is.EqualTo(1));
        Assert.That(ledger.State.Claim(school.Address, 2)!.Learner.IsEmpty, Is.True);
    }

    [Test]
    public void The_guardian_claims_for_a_minor()
    {
        TestParty guardian = new("guardian");
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Accept(
            learner, LearnerCalls.Appoint(learner, guardian, school, End), guardian, school);
        ledger.Accept(other, LearnerCalls.Announce(End, codes));
        ledger.Expect(ResultCode.Guarded, learner, LearnerCalls.Claim(ledger, learner, other, codes[0]));
        ledger.Accept(guardian, LearnerCalls.Claim(ledger, learner, other, codes[0]));
    }
}
