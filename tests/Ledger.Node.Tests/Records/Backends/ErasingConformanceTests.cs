using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>Records that are erased, on every database.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ErasingConformanceTests(StoreKind kind) : StoreFixture(kind)
{
    private static readonly Hash256 Batch = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]);

    [Test]
    public void WhatIsErasedIsGoneOverOpeningAgainAndTheOthersAreAsTheyWere()
    {
        Store.AddAll([.. Enumerable.Range(0, 30).Select(number => Statements.Intake(number))], "a");
        IReadOnlyList<ErasingOutcome> outcomes =
            Store.Erase([Locator(3), Locator(4), new RecordLocator(1, StoreFolder.Key().Hash("never"))]);
        Assert.That(Store.Scrub(), Is.True, "the files are written anew");

        RequireGone();
        OpenAgain();
        RequireGone();
        Assert.That(
            outcomes, Is.EqualTo(new[] { ErasingOutcome.Removed, ErasingOutcome.Removed, ErasingOutcome.Absent }));
        Assert.That(Store.Erase([Locator(3)]), Is.EqualTo(new[] { ErasingOutcome.Gone }));
        Store.AddAll([Statements.Intake(100)], "a");
        Assert.That(Store.Find(RecordType.XapiStatement, Statements.Id(100))!.Sequence, Is.EqualTo(31));
    }

    [Test]
    public void ARecordInASignedBatchGoesWhenThatIsSettled()
    {
        Store.AddAll([Statements.Intake(1)], "a");
        Store.Outbox.StoreBatch(new SignedBatch(Batch, new byte[] { 1 }, DateTimeOffset.UnixEpoch, [1]));
        ErasingOutcome before = Store.Erase([Locator(1)]).Single();
        Store.Outbox.Release(Batch);
        ErasingOutcome after = Store.Erase([Locator(1)]).Single();
        Assert.That((before, after), Is.EqualTo((ErasingOutcome.InBatch, ErasingOutcome.Removed)));
    }

    private static RecordLocator Locator(int number) => new(1, StoreFolder.Key().Hash(Statements.Id(number)));

    private void RequireGone()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Store.FindStatement(Statements.Id(3), isVoided: false), Is.Null);
            Assert.That(Store.IsErased(Statements.Id(3)), Is.True);
            Assert.That(Store.IsErased(Statements.Id(5)), Is.False);
            Assert.That(Store.Query(StatementQuery.All with { Limit = 100 }).Records, Has.Count.EqualTo(28));
            Assert.That(Store.Outbox.Pending(0, 100), Has.Count.EqualTo(28));
        });
    }
}
