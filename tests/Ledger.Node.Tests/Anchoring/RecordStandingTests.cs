using Ledger.Contracts.Protos;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Anchoring;

/// <summary>What is told of a record on its way, and what a learner says of those from before enrolling.</summary>
public sealed class RecordStandingTests
{
    private const string Student = "student-17";

    private AnchoringBench bench = null!;

    [SetUp]
    public void Start() => bench = new AnchoringBench();

    [TearDown]
    public void Delete() => bench.Dispose();

    [Test]
    public void A_record_is_told_from_its_intake_to_its_anchor()
    {
        bench.Add(1, Student, Statements.Viewed);
        List<string> states = [State()];
        bench.Pair(Student);
        states.Add(State());
        bench.OptOut(OptOutLevel.NoAnchor);
        states.Add(State());
        bench.OptOut(OptOutLevel.None);
        states.Add(State());
        bench.Now += 5_000;
        bench.Round.Look();
        states.Add(State());
        bench.DecideTold();
        bench.Round.Look();
        states.Add(State());

        Assert.That(
            states,
            Is.EqualTo(new[] { "not-enrolled", "stored", "opted-out", "stored", "submitted", "anchored" }));

        string State() => bench.Standing(1).State;
    }

    [Test]
    public void A_record_of_a_learner_who_has_left_is_not_enrolled()
    {
        bench.Pair(Student);
        bench.Add(1, Student, Statements.Viewed);
        bench.Leave();

        Assert.That(bench.Standing(1).State, Is.EqualTo("not-enrolled"));
        Assert.That(bench.Standing(1).Why, Does.Contain("not enrolled"));
    }

    [Test]
    public void What_was_stored_before_the_enrolment_rests_until_the_learner_asks_and_is_marked_late()
    {
        AddBeforeEnrolment();
        bench.Pair(Student);
        bench.Add(2, Student, Statements.Viewed);
        Anchor();
        Assert.Multiple(() =>
        {
            Assert.That(bench.Find(2).Place!.IsLate, Is.False);
            Assert.That(Templates(), Is.EqualTo(new[] { LocatorKey.StatementByIdTemplate }));
            Assert.That(bench.Standing(1).State, Is.EqualTo("not-enrolled"));
            Assert.That(bench.Standing(1).Why, Does.Contain("before the learner enrolled"));
        });
        bench.Now += 60_000;
        bench.Round.Look();
        Assert.That(bench.Told, Has.Count.EqualTo(1), "it rests however long it waits");

        bench.WantEarlier(true);
        Anchor();
        Assert.Multiple(() =>
        {
            Assert.That(bench.Find(1).State, Is.EqualTo(RecordState.Anchored));
            Assert.That(bench.Find(1).Place!.IsLate, Is.True);
            Assert.That(Templates(), Is.EqualTo(new[] { LocatorKey.LateStatementByIdTemplate }));
        });
    }

    [Test]
    public void A_wish_that_is_taken_back_lets_what_is_not_anchored_rest_again()
    {
        AddBeforeEnrolment();
        bench.Pair(Student);
        bench.WantEarlier(true);
        Assert.That(bench.Standing(1).State, Is.EqualTo("stored"));
        bench.WantEarlier(false);
        bench.Round.Look();

        Assert.That(bench.Told, Is.Empty);
        Assert.That(bench.Standing(1).State, Is.EqualTo("not-enrolled"));
    }

    [Test]
    public void A_grant_to_write_sets_nothing_going_that_was_stored_before_it()
    {
        AddBeforeEnrolment();
        bench.Pair(Student);
        bench.Add(2, Student, Statements.Viewed);
        Anchor();
        bench.Leave();
        bench.Now += 1_000;
        bench.Add(3, Student, Statements.Viewed);
        bench.GrantWrite(Statements.Viewed);
        bench.Now += 1_000;
        bench.Add(4, Student, Statements.Viewed);
        bench.Now += 5_000;
        Anchor();

        Assert.That(
            new[] { 1, 2, 3, 4 }.Select(number => bench.Standing(number).State),
            Is.EqualTo(new[] { "not-enrolled", "anchored", "not-enrolled", "anchored" }));
        Assert.That(bench.Find(4).Place!.IsLate, Is.False);
    }

    [Test]
    public void Where_the_block_of_the_enrolment_is_lost_nothing_goes_before_it_is_back()
    {
        bench.LoseEnrolment();
        AddBeforeEnrolment();
        bench.Pair(Student);
        bench.Now += 60_000;
        bench.Round.Look();

        Assert.That(bench.Told, Is.Empty);
        Assert.That(bench.Standing(1).State, Is.EqualTo("not-enrolled"));
    }

    private void AddBeforeEnrolment()
    {
        long now = bench.Now;
        bench.Now = Support.TestLedger.Time;
        bench.Add(1, Student, Statements.Viewed);
        bench.Now = now;
    }

    private void Anchor()
    {
        bench.Round.Look();
        bench.DecideTold();
        bench.Round.Look();
    }

    private IEnumerable<uint> Templates() => bench.Told[^1].Body.Groups.SelectMany(group => group.Operations)
        .Where(operation => operation.LlpcInsert is not null)
        .SelectMany(operation => operation.LlpcInsert.Records)
        .Select(entry => entry.Locator.QueryTemplate);
}
