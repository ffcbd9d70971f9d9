using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Anchoring;

public sealed class AnchorPlannerTests
{
    private AnchoringBench bench = null!;

    [SetUp]
    public void Start() => bench = new AnchoringBench();

    [TearDown]
    public void Delete() => bench.Dispose();

    [Test]
    public void Records_of_an_account_without_a_pair_wait_until_it_is_paired()
    {
        bench.Add(1, "student-17", Statements.Viewed);
        Assert.That(Planned(), Is.Empty);
        Assert.That(Planned(), Is.Empty);

        bench.Pair("student-17");

        Assert.That(Planned(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void What_comes_after_idle_records_is_planned_at_once()
    {
        bench.Pair("student-18");
        bench.Add(1, "student-17", Statements.Viewed);
        Assert.That(Planned(), Is.Empty);

        bench.Add(2, "student-18", Statements.Viewed);

        Assert.That(Planned(), Is.EqualTo(new long[] { 2 }));
        bench.Pair("student-17");
        Assert.That(Planned(), Is.EqualTo(new long[] { 1 }), "Two accounts of one learner: one group at a time.");
    }

    [Test]
    public void Groups_are_planned_up_to_the_number_that_is_asked_for()
    {
        bench.Pair("student-17");
        bench.Add(1, "student-17", Statements.Viewed, "https://example.org/read", "https://example.org/wrote");

        Assert.That(bench.Planner.Plan(bench.Chain.Head.State, 2).Groups, Has.Count.EqualTo(2));
    }

    [TestCase(OptOutLevel.NoAnchor)]
    [TestCase(OptOutLevel.NoStore)]
    public void Records_of_a_learner_who_opts_out_wait_until_it_comes_back(OptOutLevel level)
    {
        bench.Pair("student-17");
        bench.Add(1, "student-17", Statements.Viewed);
        bench.OptOut(level);
        Assert.That(Planned(), Is.Empty);

        bench.OptOut(OptOutLevel.None);
        bench.Now += 5_000;
        Assert.That(Planned(), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void Only_who_wants_nothing_stored_is_refused_at_intake()
    {
        IntakeConsent consent = new(bench.Pairs, bench.Chain);
        string account = Statements.Intake(1, "student-17").ActorKey;
        Assert.That(consent.MayStore(account), Is.True, "an account that is nobody's");
        bench.Pair("student-17");
        Assert.That(consent.MayStore(account), Is.True);
        bench.OptOut(OptOutLevel.NoAnchor);
        Assert.That(consent.MayStore(account), Is.True);
        bench.OptOut(OptOutLevel.NoStore);
        Assert.That(consent.MayStore(account), Is.False);
    }

    [Test]
    public void A_record_that_a_disk_has_changed_stays_and_all_others_go()
    {
        bench.Pair("student-17");
        bench.Add(1, "student-17", Statements.Viewed, "https://example.org/read");
        bench.Add(3, "student-17", Statements.Viewed);
        Assert.That(Planned(), Is.EquivalentTo(new long[] { 1, 2, 3 }), "whose they are is known by now");

        bench.Damage(1, from: 2);
        Assert.That(Planned(), Is.EquivalentTo(new long[] { 2, 3 }));
        bench.Damage(3, from: 2);
        Assert.That(Planned(), Is.EqualTo(new long[] { 2 }), "a group of which nothing is left");
    }

    private IEnumerable<long> Planned() => bench.Planner.Plan(bench.Chain.Head.State, AnchorPlanner.GroupsMax)
        .Groups.SelectMany(group => group.Sequences);
}
