using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Tests.Support;

namespace Ledger.Contracts.Tests.Contracts;

/// <summary>Scores of records.</summary>
[TestFixture]
public sealed class ScoreTests
{
    private readonly TestParty school = new("school");
    private readonly TestParty other = new("other");
    private readonly TestParty learner = new("learner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(school, other);
        ledger.AddLearner(learner);
        ledger.Enrol(learner, school);
        ledger.Write(school, learner, 1);
    }

    [Test]
    public void A_score_lies_between_its_bounds_and_points_to_a_record_that_is_there()
    {
        ledger.Expect(ResultCode.ScoreOutOfRange, school, Calls.Score(learner, 0, 100_001, 0, 100_000), learner);
        ledger.Expect(ResultCode.ScoreOutOfRange, school, Calls.Score(learner, 0, -1, 0, 100_000), learner);
        ledger.Expect(ResultCode.ScoreOutOfRange, school, Calls.Score(learner, 0, 5, 10, 0), learner);
        ledger.Expect(ResultCode.NoRecord, school, Calls.Score(learner, 1, 5, 0, 10), learner);
        ledger.Expect(ResultCode.NoRecord, school, Calls.SealedScore(learner, 1));
        ledger.Accept(school, Calls.Score(learner, 0, 100_000, 0, 100_000), learner);
        ledger.Accept(school, Calls.Score(learner, 0, -50_000, -50_000, 0), learner);
        PublicScore score = Current()!.Public;
        Assert.That((score.Raw, score.Min, score.Max, score.Success), Is.EqualTo((-50_000L, -50_000L, 0L, true)));
        Assert.That(score.HasCompletion, Is.False);
    }

    [Test]
    public void A_public_score_needs_the_learners_signature_and_a_sealed_one_does_not()
    {
        ledger.Expect(ResultCode.MissingSignature, school, Calls.Score(learner, 0, 5, 0, 10));
        Assert.That(ledger.Accept(school, Calls.SealedScore(learner, 0)).Number, Is.EqualTo(1));
        Assert.That(Current()!.Sealed, Is.EqualTo(Calls.Commitment(0)));
    }

    [Test]
    public void A_correction_takes_the_place_of_the_score_before_at_most_15_times()
    {
        ledger.Accept(school, Calls.Score(learner, 0, 5, 0, 10), learner);
        ledger.Accept(school, Calls.Score(learner, 0, 6, 0, 10), learner);
        InstanceSeries series = StateKeys.Scores(Name(), school.Address, 0);
        ScoreInstance first = ledger.State.Find(series.At(1), ScoreInstance.Parser)!;
        Assert.That((first.Public.Raw, first.Interval.ToHeight), Is.EqualTo((5L, ledger.Height)));
        Assert.That(Current()!.Public.Raw, Is.EqualTo(6));
        for (int number = 2; number < LlpcLimits.ScoresMax; number++)
        {
            ledger.Accept(school, Calls.SealedScore(learner, 0));
        }

        ledger.Expect(ResultCode.TooManyScores, school, Calls.SealedScore(learner, 0));
    }

    [Test]
    public void A_score_is_given_by_the_writer_of_the_record_while_it_may_write()
    {
        ledger.Expect(ResultCode.NoRight, other, Calls.SealedScore(learner, 0));
        ledger.Expect(ResultCode.NotRegistered, new TestParty("stranger"), Calls.SealedScore(learner, 0));
        ledger.Accept(learner, Calls.Grant(learner, other, AccessBits.Write));
        ledger.Expect(ResultCode.NoRecord, other, Calls.SealedScore(learner, 0));
        ledger.Accept(learner, Calls.EndEnrolment(learner, school));
        ledger.Expect(ResultCode.NoRight, school, Calls.SealedScore(learner, 0));
    }

    private LlpcName Name() => new(learner.Address, Calls.Verb);

    private ScoreInstance? Current() => ledger.State.Score(Name(), school.Address, 0);
}
