using Ledger.Client.Records;
using Ledger.Node.Erasure;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Erasure;

/// <summary>A byte that a disk has changed keeps nobody from being erased, and no node from starting.</summary>
public sealed class DamagedErasureTests
{
    private const string Student = "student-17";
    private const int Records = 3;

    private ErasureBench bench = null!;

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        bench.Pairs.Set(ActorKey.OfAccount(Statements.HomePage, Student), bench.Learner.Address);
        bench.Anchor([.. Enumerable.Range(1, Records).Select(static number => Statements.Intake(number))]);
        bench.Store.AddAll([Statements.Intake(9, "student-18")], "moodle");
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public void A_learner_who_has_a_damaged_record_is_erased_with_it()
    {
        bench.Restart(() => bench.Damage(2, from: 1));
        OrderId order = bench.Orders.OfLearner(bench.Learner.Address);
        bench.EraseAll();

        ErasureOrder done = bench.List.Orders().Single(one => one.Id == order);
        Assert.That((done.Records, done.IsDone), Is.EqualTo(((ulong)Records, true)));
        RequireErased();
    }

    [Test]
    public void A_damaged_record_is_erased_by_its_id()
    {
        bench.Restart(() => bench.Damage(2, from: 1));
        OrderId order = bench.Orders.OfRecord(Statements.Id(2))!.Value;
        bench.EraseAll();
        Assert.That(bench.List.Of(order).Single().ErasedHeight, Is.Positive);
        Assert.That(bench.Store.Find(2L)!.State, Is.EqualTo(RecordState.Erased));
    }

    [Test]
    public void A_node_starts_over_a_listed_record_that_is_damaged_and_erases_it()
    {
        bench.Orders.OfLearner(bench.Learner.Address);
        bench.Restart(() => bench.Damage(2, from: 1));
        RequireErased();
    }

    [Test]
    public void A_node_starts_over_a_damaged_value_of_an_account_and_erases_the_rest_again_and_again()
    {
        bench.Orders.OfLearner(bench.Learner.Address);
        int damaged = 2;
        ErasureRound round = bench.RoundOf(new StoreErasing(
            bench.Store, bench.Traces, bench.List, StoreFolder.Key(),
            () => damaged-- > 0 ? throw new SealDamagedException("a changed byte") : true));

        Assert.That(round.Begin, Throws.Nothing);
        RequireErased();
        Assert.That(round.Look, Throws.TypeOf<SealDamagedException>());
        round.Look();
        Assert.That(bench.List.At(ErasureStage.Scrubbed, 9), Has.Count.EqualTo(Records));
    }

    private void RequireErased()
    {
        Assert.That(
            Enumerable.Range(1, Records).Select(number => bench.Store.Find((long)number)!.State),
            Has.All.EqualTo(RecordState.Erased));
        Assert.That(bench.Store.FindStatement(Statements.Id(9), isVoided: false), Is.Not.Null);
    }
}
