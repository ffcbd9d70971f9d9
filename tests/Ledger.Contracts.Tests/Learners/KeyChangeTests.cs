using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

/// <summary>A learner's key changes: what was written before stays its own.</summary>
[TestFixture]
public sealed class KeyChangeTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty reader = new("reader");
    private readonly TestParty learner = new("learner");
    private readonly TestParty rotated = new("rotated");
    private readonly TestParty fresh = new("fresh");
    private readonly TestParty survivor = new("survivor");
    private TestLedger ledger = null!;

    private TestParty Rotated => learner.With(rotated.Key);

    private TestParty Renewed => learner.With(fresh.Key);

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, reader);
        ledger.AddLearner(learner);
        ledger.AddLearner(survivor);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void Old_records_are_read_with_the_new_key_the_old_one_is_refused_and_each_change_is_told()
    {
        ledger.Accept(learner, Calls.Rotate(ledger, learner, rotated.Key));
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.KeyRotated));
        Assert.That(ledger.RightsOf(learner, Rotated).MayRead(school.Address), Is.True);
        ledger.Expect(ResultCode.SignerRevoked, learner, Calls.Grant(learner, reader, AccessBits.Read));
        ledger.Accept(Rotated, Calls.Grant(learner, reader, AccessBits.Read));

        Assert.That(Recover(), Is.EqualTo(ContractEventKind.RecoveryCompleted));
        Assert.That(ledger.RightsOf(learner, Renewed).MayRead(school.Address), Is.True);
        Assert.That(ledger.State.CurrentKey(learner.Address), Is.EqualTo(fresh.Key));
        ledger.Expect(ResultCode.SignerRevoked, Rotated, Calls.Grant(learner, reader, AccessBits.Read));
        ulong grant = ledger.Accept(Renewed, Calls.Grant(learner, reader, AccessBits.Read)).Number;

        ledger.Accept(survivor, LearnerCalls.Merge(learner), Renewed);
        Assert.That(ledger.Last!.Events.Single().Kind, Is.EqualTo(ContractEventKind.LearnerMerged));
        Assert.That(ledger.RightsOf(learner, survivor).MayRead(school.Address), Is.True);
        ledger.Expect(ResultCode.SignerRevoked, Renewed, Calls.Revoke(learner, grant));
        ledger.Expect(ResultCode.SignerRevoked, learner, Calls.Revoke(learner, grant));
        ledger.Accept(survivor, Calls.Revoke(learner, grant));

        // Which key was the learner's at which height stays in the state: each from where the one before ends.
        IReadOnlyList<KeyInstance> keys = ledger.State.Instances(
            StateKeys.SigningKeys(learner.Address), KeyInstance.Parser);
        Assert.That(keys, Has.Count.EqualTo(3));
        Assert.That(keys[0].Interval.ToHeight, Is.EqualTo(keys[1].Interval.FromHeight));
        Assert.That(keys[1].Interval.ToHeight, Is.EqualTo(keys[2].Interval.FromHeight));
        Assert.That(keys[2].Interval.ToHeight, Is.EqualTo(ledger.State.Find(
            LearnerKeys.Merge(learner.Address), Merge.Parser)!.Height));
    }

    private ContractEventKind Recover()
    {
        ledger.Accept(Rotated, LearnerCalls.Plan(learner, 1, LearnerCalls.DayMs, school));
        ledger.Accept(school, LearnerCalls.Propose(ledger, learner, fresh));
        ledger.TimeMs += LearnerCalls.DayMs;
        ledger.Accept(school, LearnerCalls.Complete(learner));
        return ledger.Last!.Events.Last().Kind;
    }
}
