using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Anchoring;

public sealed class AnchorRoundTests
{
    private const string Student = "student-17";

    private AnchoringBench bench = null!;

    [SetUp]
    public void Start()
    {
        bench = new AnchoringBench();
        bench.Pair(Student);
    }

    [TearDown]
    public void Delete() => bench.Dispose();

    // Planned before the learner opted out, decided after it.
    [Test]
    public void A_batch_that_meets_a_learner_who_opted_out_goes_back_to_wait()
    {
        bench.Pair("student-17");
        bench.Add(1, "student-17", Statements.Viewed);
        bench.Round.Look();
        bench.OptOut(OptOutLevel.NoAnchor);
        bench.DecideTold();
        bench.Round.Look();

        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Stored));
        Assert.That(bench.Store.Outbox.OpenBatches(), Is.Empty);
    }

    [Test]
    public void A_record_of_an_enrolled_learner_is_signed_sent_and_settled()
    {
        bench.Add(1, Student, Statements.Viewed);

        bench.Round.Look();
        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Submitted));
        bench.DecideTold();
        bench.Round.Look();

        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Anchored));
    }

    [Test]
    public void A_record_that_a_disk_changes_while_it_is_under_way_is_settled()
    {
        bench.Add(1, Student, Statements.Viewed, "https://example.org/read");
        bench.Round.Look();
        bench.Damage(1, from: 2);
        bench.DecideTold();
        bench.Round.Look();

        Assert.That(bench.Store.FindEntry(1)!.State, Is.EqualTo(RecordState.Anchored));
        Assert.That(bench.Find(2).State, Is.EqualTo(RecordState.Anchored));
    }

    [Test]
    public void A_verb_that_the_ledger_does_not_take_is_refused_and_stops_nobody_else()
    {
        string tooLong = "https://example.org/" + new string('v', 1_100);
        bench.Add(1, Student, tooLong, Statements.Viewed, "urn:x\u007fy");

        bench.Round.Look();
        bench.DecideTold();
        bench.Round.Look();

        Assert.Multiple(() =>
        {
            Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Refused));
            Assert.That(bench.Find(1).RefusalCode, Is.EqualTo(AnchorRound.UnfitVerb));
            Assert.That(bench.Find(2).State, Is.EqualTo(RecordState.Anchored));
            Assert.That(bench.Find(3).State, Is.EqualTo(RecordState.Refused));
        });
    }

    [Test]
    public void Many_long_verbs_go_in_several_transactions_that_each_fit()
    {
        string[] verbs = [.. Enumerable.Range(100, 120).Select(number =>
            $"https://example.org/{number}/{new string('v', 900)}")];
        bench.Add(1, Student, verbs);

        for (int transaction = 1; bench.Store.Outbox.Pending(0, 1).Count > 0; transaction++)
        {
            bench.Round.Look();
            Assert.That(bench.Told, Has.Count.EqualTo(transaction), "Each plan fits into a transaction.");
            bench.DecideTold();
            bench.Round.Look();
        }

        Assert.That(bench.Told, Has.Count.EqualTo(3));
        Assert.That(
            Enumerable.Range(1, verbs.Length).Select(number => bench.Find(number).State),
            Is.All.EqualTo(RecordState.Anchored));
    }

    [Test]
    public void A_batch_that_no_node_takes_is_taken_back_and_halved()
    {
        bench.Add(1, Student, Statements.Viewed, "https://example.org/read", "https://example.org/wrote");
        bench.StoreMalformed(1, 2, 3);

        bench.Round.Look();
        Assert.That(bench.Store.Outbox.OpenBatches(), Is.Empty);
        bench.Round.Look();
        Assert.That(bench.Told[^1].Body.Groups, Has.Count.EqualTo(1));
        bench.DecideTold();
        bench.Round.Look();
        bench.Round.Look();

        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Anchored));
        Assert.That(bench.Told[^1].Body.Groups, Has.Count.EqualTo(2), "After a success all that waits goes again.");
    }

    [Test]
    public void A_batch_of_one_group_that_no_node_takes_is_refused_with_the_reason()
    {
        bench.Add(1, Student, Statements.Viewed);
        bench.StoreMalformed(1);

        bench.Round.Look();

        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Refused));
        Assert.That(bench.Find(1).RefusalCode, Is.EqualTo("MALFORMED"));
    }

    [Test]
    public void A_batch_that_expires_on_an_idle_ledger_is_signed_anew_after_a_block_that_the_node_asks_for()
    {
        bench.Add(1, Student, Statements.Viewed);
        bench.Round.Look();
        bench.Now += 120_001;
        bench.Round.Look();
        bench.Round.Look();
        Assert.That(bench.Told, Has.Count.EqualTo(1 + 1), "One transaction asks, however often the node looks.");
        Assert.That(
            bench.Told[^1].Body.Groups.Single().Operations.Single().CallCase,
            Is.EqualTo(Operation.CallOneofCase.Settle));

        bench.Now += 121_000;
        bench.Round.Look();
        Assert.That(bench.Told, Has.Count.EqualTo(1 + 2), "Another one asks when that has expired too.");
        bench.DecideTold();
        bench.Round.Look();
        bench.Round.Look();
        bench.DecideTold();
        bench.Round.Look();

        Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Anchored));
    }
}
