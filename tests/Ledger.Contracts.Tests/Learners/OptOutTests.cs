using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Learners;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Learners;

[TestFixture]
public sealed class OptOutTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private readonly TestParty guardian = new("guardian");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [TestCase(OptOutLevel.NoAnchor)]
    [TestCase(OptOutLevel.NoStore)]
    public void From_that_height_on_nobody_else_anchors_records_of_the_learner(OptOutLevel level)
    {
        ledger.Accept(learner, LearnerCalls.OptOut(learner, level));
        Assert.That(ledger.State.OptOut(learner.Address), Is.EqualTo(level));
        ledger.Expect(ResultCode.OptedOut, school, Calls.Insert(learner, 2));
        ledger.Expect(ResultCode.OptedOut, school, Calls.Create(learner, "https://example.org/other"));
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Write));
        ledger.Expect(ResultCode.OptedOut, other, Calls.Insert(learner, 3));

        // What the learner writes is its own affair.
        ledger.Accept(learner, Calls.PicCreate());
        ledger.Write(learner, learner, 4);

        ledger.Accept(learner, LearnerCalls.OptOut(learner, OptOutLevel.None));
        ledger.Accept(school, Calls.Insert(learner, 2));
        OptOutInstance first = ledger.State.Instances(
            LearnerKeys.OptOuts(learner.Address), OptOutInstance.Parser).Single();
        Assert.That(first.Interval.ToHeight, Is.EqualTo(ledger.Height - 1));
    }

    [Test]
    public void Opting_out_is_refused_with_its_codes()
    {
        ledger.Expect(ResultCode.NotALearner, school, LearnerCalls.OptOut(school, OptOutLevel.NoAnchor));
        ledger.Expect(ResultCode.NoRight, school, LearnerCalls.OptOut(learner, OptOutLevel.NoAnchor));
        ledger.Expect(ResultCode.OptOutUnchanged, learner, LearnerCalls.OptOut(learner, OptOutLevel.None));
        ledger.Accept(learner, LearnerCalls.OptOut(learner, OptOutLevel.NoAnchor));
        Assert.That(ledger.Last!.Events.Single().Number, Is.EqualTo(2));
        ledger.Expect(ResultCode.OptOutUnchanged, learner, LearnerCalls.OptOut(learner, OptOutLevel.NoAnchor));
        Assert.That(ledger.Accept(learner, LearnerCalls.OptOut(learner, OptOutLevel.NoStore)).Number, Is.EqualTo(2));
    }

    [Test]
    public void A_minor_opts_out_and_its_guardian_decides_on_coming_back()
    {
        ledger.Accept(
            learner,
            LearnerCalls.Appoint(learner, guardian, school, ledger.TimeMs + LearnerCalls.DayMs),
            guardian,
            school);
        ledger.Accept(learner, LearnerCalls.OptOut(learner, OptOutLevel.NoStore));
        ledger.Expect(ResultCode.Guarded, learner, LearnerCalls.OptOut(learner, OptOutLevel.NoAnchor));
        ledger.Accept(guardian, LearnerCalls.OptOut(learner, OptOutLevel.NoAnchor));
        ledger.Accept(guardian, LearnerCalls.OptOut(learner, OptOutLevel.NoStore));
    }
}
