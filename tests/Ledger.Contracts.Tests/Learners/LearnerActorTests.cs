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

    private ResultCode? RefusalOf(TestParty actor, LearnerAct act) =>
        LearnerActors.Refusal(ledger.State, learner.Address, actor.Address, ledger.TimeMs, act);
}
