using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class LearnerActorTests
{
    private static readonly LearnerAct[] Acts = Enum.GetValues<LearnerAct>();

    private readonly TestParty school = new("school");
    private readonly TestParty learner = new("learner");
    private readonly TestParty stranger = new("stranger");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school);
        ledger.AddLearner(learner);
        ledger.AddLearner(stranger);
    }

    [TestCaseSource(nameof(Acts))]
    public void A_learner_acts_for_itself_and_nobody_else_does(LearnerAct act)
    {
        Assert.That(RefusalOf(learner, act), Is.Null);
        Assert.That(RefusalOf(stranger, act), Is.EqualTo(ResultCode.NoRight));
        Assert.That(RefusalOf(school, act), Is.EqualTo(ResultCode.NoRight));
    }

    [TestCaseSource(nameof(Acts))]
    public void A_guardian_acts_for_a_learner_in_all_but_writing(LearnerAct act)
    {
        TestParty guardian = new("guardian");
        long until = ledger.TimeMs + LearnerCalls.DayMs;
        ledger.Enrol(learner, school);
        ledger.Accept(learner, LearnerCalls.Appoint(learner, guardian, school, until), guardian, school);
        Assert.That(RefusalOf(guardian, act), Is.EqualTo(act == LearnerAct.Write ? ResultCode.NoRight : null));
        Assert.That(RefusalOf(learner, act), Is.EqualTo(act == LearnerAct.Consent ? ResultCode.Guarded : null));
        ledger.TimeMs = until;
        Assert.That(RefusalOf(guardian, act), Is.EqualTo(ResultCode.NoRight));
        Assert.That(RefusalOf(learner, act), Is.Null);
    }

    [TestCaseSource(nameof(Acts))]
    public void A_survivor_acts_for_what_it_absorbed_in_all_but_writing(LearnerAct act)
    {
        ledger.Accept(stranger, LearnerCalls.Merge(learner), learner);
        Assert.That(RefusalOf(stranger, act), Is.EqualTo(act == LearnerAct.Write ? ResultCode.NoRight : null));
        Assert.That(RefusalOf(learner, act), Is.EqualTo(ResultCode.NoRight));
    }

    private ResultCode? RefusalOf(TestParty actor, LearnerAct act) =>
        LearnerActors.Refusal(ledger.State, learner.Address, actor.Address, ledger.TimeMs, act);
}
