using Ledger.Contracts.Execution;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class RecoveryTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty second = new("second");
    private readonly TestParty friend = new("friend");
    private readonly TestParty learner = new("learner");
    private readonly TestParty guardian = new("guardian");
    private readonly TestParty fresh = new("fresh");
    private TestLedger ledger = null!;

    private TestParty Recovered => learner.With(fresh.Key);

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, second);
        ledger.AddLearner(learner);
        ledger.AddLearner(friend);
        ledger.Enrol(learner, school);
    }

    [Test]
    public void The_named_parties_give_a_learner_a_new_key_after_the_delay()
    {
        Plan();
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        Assert.That(ledger.Last!.Events.Select(one => one.Kind), Is.EqualTo(new[]
        {
            ContractEventKind.RecoveryProposed, ContractEventKind.RecoveryApproved,
        }));
        ledger.Expect(ResultCode.RecoveryNotDue, school, LearnerCalls.Complete(learner));
        ledger.Accept(friend, LearnerCalls.Approve(learner));
        Recovery recovery = ledger.State.Recovery(learner.Address, 1)!;
        Assert.That(recovery.DueUnixMs, Is.EqualTo(ledger.TimeMs + (2 * LearnerCalls.DayMs)));
        ledger.Accept(learner, Calls.PicCreate());

        ledger.TimeMs = recovery.DueUnixMs - (2 * TestLedger.BlockMs);
        ledger.Expect(ResultCode.RecoveryNotDue, school, LearnerCalls.Complete(learner));
        ledger.Accept(friend, LearnerCalls.Complete(learner));
        Assert.That(ledger.State.CurrentKey(learner.Address), Is.EqualTo(fresh.Key));
        Assert.That(ledger.State.Recovery(learner.Address, 1)!.State, Is.EqualTo(RecoveryState.Completed));
        Assert.That(ledger.State.Expiry, Is.Empty);
        ledger.Expect(ResultCode.SignerRevoked, learner, Calls.EndEnrolment(learner, school));
        ledger.Accept(Recovered, Calls.EndEnrolment(learner, school));
    }

    [Test]
    public void The_learners_key_stops_a_recovery_during_the_delay()
    {
        Plan();
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Accept(friend, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.NoRight, second, LearnerCalls.Cancel(learner));
        ledger.Accept(learner, LearnerCalls.Cancel(learner));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.RecoveryCancelled));
        ledger.Expect(ResultCode.NoRecovery, learner, LearnerCalls.Cancel(learner));
        ledger.Expect(ResultCode.NoRecovery, friend, LearnerCalls.Approve(learner));
        ledger.TimeMs += 10 * LearnerCalls.DayMs;
        ledger.Expect(ResultCode.NoRecovery, school, LearnerCalls.Complete(learner));
        Assert.That(ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh)).Number, Is.EqualTo(2));
        Assert.That(ledger.State.Recovery(learner.Address, 1)!.State, Is.EqualTo(RecoveryState.Cancelled));
    }

    [Test]
    public void A_proposal_is_refused_with_its_codes()
    {
        ledger.Expect(ResultCode.NoRecoveryPlan, school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Expect(ResultCode.NotALearner, school, LearnerCalls.Propose(ledger, second, fresh));
        Plan();
        ledger.Expect(ResultCode.NoRight, second, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Expect(ResultCode.RecoveryKeyUsed, school, LearnerCalls.Propose(ledger, learner, second));
        ledger.Expect(ResultCode.RecoveryKeyUsed, school, LearnerCalls.Propose(ledger, learner, learner));
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Expect(ResultCode.RecoveryIsOpen, friend, LearnerCalls.Propose(ledger, learner, fresh));
    }

    [Test]
    public void An_approval_is_refused_with_its_codes()
    {
        Plan();
        ledger.Expect(ResultCode.NoRecovery, friend, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.NotALearner, friend, LearnerCalls.Approve(second));
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Expect(ResultCode.NoRecovery, friend, LearnerCalls.Approve(learner, 2));
        ledger.Expect(ResultCode.AlreadyVoted, school, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.NoRight, second, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.NoRight, learner, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.NoRight, learner, LearnerCalls.Complete(learner));
    }

    [Test]
    public void A_key_that_became_somebodys_meanwhile_is_not_given()
    {
        Plan(threshold: 1);
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.AddLearner(fresh);
        ledger.TimeMs += 3 * LearnerCalls.DayMs;
        ledger.Expect(ResultCode.RecoveryKeyUsed, school, LearnerCalls.Complete(learner));
    }

    [Test]
    public void A_recovery_that_nobody_approves_or_completes_ends_by_time()
    {
        Plan();
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        LedgerState rebuilt = LedgerState.FromEntries(ledger.State.Tree.Entries()
            .Select(entry => (entry.Key.Raw, entry.Value)));
        Assert.That(rebuilt.Expiry, Is.EqualTo(ledger.State.Expiry).And.Count.EqualTo(1));
        ledger.TimeMs += LearnerLimits.RecoveryApprovalMs;
        ledger.Block();
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.RecoveryExpired));
        Assert.That(ledger.State.Recovery(learner.Address, 1)!.State, Is.EqualTo(RecoveryState.Expired));

        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Accept(friend, LearnerCalls.Approve(learner, 2));
        ledger.TimeMs += (2 * LearnerCalls.DayMs) + LearnerLimits.RecoveryCompletionMs;
        ledger.Block();
        ledger.Expect(ResultCode.NoRecovery, school, LearnerCalls.Complete(learner, 2));
        Assert.That(ledger.State.Expiry, Is.Empty);
    }

    [Test]
    public void A_plan_is_the_learners_and_names_those_whom_the_ledger_knows()
    {
        ledger.Expect(ResultCode.NoRecoveryPlan, learner, LearnerCalls.NoPlan(learner));
        ledger.Expect(ResultCode.NoRight, school, LearnerCalls.Plan(learner, 1, LearnerCalls.DayMs, school));
        ledger.Expect(ResultCode.NotRegistered, learner, LearnerCalls.Plan(learner, 1, LearnerCalls.DayMs, fresh));
        ledger.Expect(ResultCode.NotALearner, fresh, LearnerCalls.Plan(fresh, 1, LearnerCalls.DayMs, school));
        Plan();
        Plan(threshold: 1);
        ledger.Accept(friend, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Expect(ResultCode.RecoveryIsOpen, learner, LearnerCalls.NoPlan(learner));
        ledger.Accept(learner, LearnerCalls.Cancel(learner));
        ledger.Accept(learner, LearnerCalls.NoPlan(learner));
        Assert.That(ledger.State.RecoveryPlan(learner.Address), Is.Null);
        ledger.Expect(ResultCode.NoRecoveryPlan, friend, LearnerCalls.Propose(ledger, learner, fresh));
    }

    [Test]
    public void While_there_is_a_guardian_it_sets_the_plan_and_may_be_named()
    {
        ledger.Accept(
            learner,
            LearnerCalls.Appoint(learner, guardian, school, ledger.TimeMs + LearnerCalls.DayMs),
            guardian,
            school);
        ledger.Expect(ResultCode.Guarded, learner, LearnerCalls.Plan(learner, 1, LearnerCalls.DayMs, school));
        ledger.Accept(guardian, LearnerCalls.Plan(learner, 1, LearnerCalls.DayMs, school, guardian));
        ledger.Accept(guardian, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Accept(guardian, LearnerCalls.Cancel(learner));
        ledger.Accept(guardian, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Accept(learner, LearnerCalls.Cancel(learner, 2));
    }

    [Test]
    public void A_named_learner_that_merged_acts_by_its_survivor()
    {
        Plan();
        TestParty survivor = new("survivor");
        ledger.AddLearner(survivor);
        ledger.Accept(survivor, LearnerCalls.Merge(friend), friend);
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.Accept(survivor, LearnerCalls.Approve(learner));
        ledger.Expect(ResultCode.AlreadyVoted, survivor, LearnerCalls.Approve(learner));
    }

    private void Plan(int threshold = 2) =>
        ledger.Accept(learner, LearnerCalls.Plan(learner, threshold, 2 * LearnerCalls.DayMs, school, friend));
}
