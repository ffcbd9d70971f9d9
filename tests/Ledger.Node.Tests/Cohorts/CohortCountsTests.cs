using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Cohorts;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Cohorts;

/// <summary>What a box tells of its learners together, and what it does not. Rules Y-1 to Y-6.</summary>
public sealed class CohortCountsTests
{
    private const int Learners = 24;

    private CohortBench bench = null!;

    [SetUp]
    public void Begin() => bench = new CohortBench();

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task A_count_is_that_of_the_records_and_no_learner_is_named()
    {
        bench.Enrol(Learners, records: 3);
        bench.Enrol(Learners, records: 1, activity: "urn:other");
        CohortBody all = await AnsweredAsync(CohortBench.Question());
        CohortBody one = await AnsweredAsync(CohortBench.Question(activities: "urn:course"));
        CohortBody day = await AnsweredAsync(
            CohortBench.Question(CohortBench.FirstDay + 1, CohortBench.FirstDay + 2));

        Assert.That((all.Learners, all.Records), Is.EqualTo((48UL, 96UL)));
        Assert.That((one.Learners, one.Records), Is.EqualTo((24UL, 72UL)));
        Assert.That((day.Learners, day.Records), Is.EqualTo((24UL, 24UL)), "Whole days, the second not included.");
        Assert.That(all.ToByteArray().AsSpan().IndexOf(bench.Learners[0].Address.ToArray()), Is.Negative);
    }

    [Test]
    public async Task Fewer_learners_than_ten_are_not_told_and_none_looks_the_same()
    {
        bench.Enrol(9, records: 5);
        BoxRefusal? few = (await bench.AskAsync(CohortBench.Question())).Refusal;
        BoxRefusal? none = (await bench.AskAsync(CohortBench.Question(activities: "urn:never"))).Refusal;
        bench.Enrol(1, records: 1);

        Assert.That(few, Is.EqualTo(CohortRefusals.TooFewLearners));
        Assert.That(none, Is.EqualTo(few));
        Assert.That((await AnsweredAsync(CohortBench.Question())).Learners, Is.EqualTo(10));
    }

    [Test]
    public async Task Two_questions_that_differ_by_few_learners_are_not_both_answered_whoever_asks_and_over_restarts()
    {
        bench.Enrol(Learners, records: 2);
        bench.Enrol(1, records: 1, activity: "urn:rare");
        await AnsweredAsync(CohortBench.Question(activities: "urn:course"));
        Assert.That((await bench.AskAsync(CohortBench.Question())).Refusal, Is.EqualTo(CohortRefusals.DiffersByFew));

        bench.Restart();
        (CohortBody? answer, BoxRefusal? refusal) =
            await bench.AskAsync(CohortBench.Question(), by: bench.Ledger.Identities[2]);
        Assert.That((answer, refusal), Is.EqualTo(((CohortBody?)null, CohortRefusals.DiffersByFew)));
    }

    [Test]
    public async Task A_day_on_which_one_learner_was_active_is_not_told_by_two_spans()
    {
        bench.Enrol(Learners, records: 2);
        bench.Anchor(bench.Learners[3], [2]);
        await AnsweredAsync(CohortBench.Question(CohortBench.FirstDay, CohortBench.FirstDay + 2));
        (_, BoxRefusal? refusal) = await bench.AskAsync(
            CohortBench.Question(CohortBench.FirstDay, CohortBench.FirstDay + 3));

        Assert.That(refusal, Is.EqualTo(CohortRefusals.DiffersByFew), "The same learners, and one record more.");
    }

    [Test]
    public async Task The_same_question_is_answered_again_and_so_is_one_that_differs_by_many()
    {
        bench.Enrol(Learners, records: 2);
        CohortBody first = await AnsweredAsync(CohortBench.Question());
        CohortBody again = await AnsweredAsync(CohortBench.Question());
        await AnsweredAsync(CohortBench.Question(CohortBench.FirstDay, CohortBench.FirstDay + 1));

        Assert.That((again.Learners, again.Records), Is.EqualTo((first.Learners, first.Records)));
        Assert.That(bench.Memory.Answers, Is.EqualTo(2), "What is the same is kept once.");
    }

    [Test]
    public async Task Who_has_opted_out_or_left_does_not_count()
    {
        bench.Enrol(12, records: 1);
        bench.Decide(
            [bench.Learners[0]], Operations.OptOut(bench.Learners[0].Address, OptOutLevel.NoAnchor));
        bench.Decide(
            [bench.North], Operations.EndEnrolment(bench.Learners[1].Address, bench.North.Address));

        Assert.That((await AnsweredAsync(CohortBench.Question())).Learners, Is.EqualTo(10));
    }

    [Test]
    public async Task An_erased_record_does_not_count_nor_does_a_learner_who_has_no_other()
    {
        bench.Enrol(12, records: 2);
        bench.Upgrade();
        bench.Erase(bench.Learners[0], 0);
        bench.Erase(bench.Learners[0], 1);
        bench.Erase(bench.Learners[1], 1);
        CohortBody counted = await AnsweredAsync(CohortBench.Question());
        Assert.That((counted.Learners, counted.Records), Is.EqualTo((11UL, 21UL)));
    }

    [Test]
    public async Task An_erasure_between_two_questions_gives_nobody_away()
    {
        bench.Enrol(12, records: 1);
        bench.Upgrade();
        await AnsweredAsync(CohortBench.Question());
        bench.Erase(bench.Learners[0], 0);
        Assert.That((await bench.AskAsync(CohortBench.Question())).Refusal, Is.EqualTo(CohortRefusals.DiffersByFew));
    }

    [Test]
    public async Task A_record_that_is_not_as_the_ledger_committed_it_does_not_count()
    {
        bench.Enrol(12, records: 1);
        int seen = 0;
        bench.Source.Change = record => ++seen == 1 ? record with { Salt = new byte[32] } : record;
        Assert.That((await AnsweredAsync(CohortBench.Question())).Learners, Is.EqualTo(11));
    }

    [Test]
    public async Task Counts_are_for_members_whose_question_it_is_at_a_box_that_answers()
    {
        bench.Enrol(10, records: 1);
        Assert.That(
            (await bench.AskAsync(CohortBench.Question(), by: bench.Learners[0])).Refusal,
            Is.EqualTo(CohortRefusals.NotAMember));
        using SigningKey stranger = SigningKey.Create();
        Assert.That(
            (await bench.AskAsync(CohortBench.Question(), by: stranger)).Refusal,
            Is.EqualTo(BoxRefusals.UnknownReader));
        CohortRequest once = bench.Asker(bench.East).Sign(bench.North.Address, "a study", CohortBench.Question());
        Assert.That((await bench.Box().AnswerAsync(once, default)).Answer, Is.Not.Null);
        Assert.That((await bench.Box().AnswerAsync(once, default)).Refusal, Is.EqualTo(BoxRefusals.Replayed));
        CohortRequest elsewhere = bench.Asker(bench.East).Sign(bench.East.Address, "a study", CohortBench.Question());
        Assert.That((await bench.Box().AnswerAsync(elsewhere, default)).Refusal, Is.EqualTo(BoxRefusals.AnotherBox));
        Assert.That(
            (await bench.AskAsync(CohortBench.Question(), purpose: " ")).Refusal!.Path, Is.EqualTo("purpose"));

        bench.IsFresh = false;
        Assert.That((await bench.AskAsync(CohortBench.Question())).Refusal, Is.EqualTo(BoxRefusals.NotFresh));
        bench.LearnersMin = 0;
        Assert.That((await bench.AskAsync(CohortBench.Question())).Refusal, Is.EqualTo(CohortRefusals.NoCohorts));
    }

    [Test]
    public async Task Every_question_is_kept_with_its_asker_and_purpose()
    {
        bench.Enrol(10, records: 1);
        await AnsweredAsync(CohortBench.Question());
        await bench.AskAsync(CohortBench.Question(activities: "urn:never"), purpose: "another study");
        bench.Restart();

        IReadOnlyList<CohortLogLine> log = bench.Memory.Log();

        Assert.That(log.Select(static line => line.Purpose), Is.EqualTo(new[] { "a study", "another study" }));
        Assert.That(log.Select(static line => line.Outcome), Is.EqualTo(new[] { "ANSWERED", "TOO_FEW_LEARNERS" }));
        Assert.That(log[0].Asker, Is.EqualTo(bench.East.Address));
    }

    private async Task<CohortBody> AnsweredAsync(CohortQuestion question)
    {
        (CohortBody? answer, BoxRefusal? refusal) = await bench.AskAsync(question);
        Assert.That(refusal, Is.Null, refusal?.ToString());
        return answer!;
    }
}
