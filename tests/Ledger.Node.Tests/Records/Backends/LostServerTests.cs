using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>A database that is a server may be away for a while, which a file never is.</summary>
public sealed class LostServerTests
{
    [Test]
    public void AStoreWhoseServerWasAwayGoesOn()
    {
        using StoreBench bench = new(StoreKind.Postgres);
        using RecordStore store = bench.Open();
        store.AddAll([Statements.Intake(1)], "a");

        bench.BreakConnections();

        Assert.That(() => store.AddAll([Statements.Intake(2)], "a"), Throws.InstanceOf<DbException>());
        Assert.That(() => store.Find(1L), Throws.InstanceOf<DbException>());
        store.AddAll([Statements.Intake(2)], "a");
        Assert.That(store.Find(RecordType.XapiStatement, Statements.Id(2))!.Sequence, Is.EqualTo(2));
    }

    /// <summary>A connection that is back without the lock could write beside another store.</summary>
    [Test]
    public void AStoreThatLostItsLockToAnotherWritesNothingUntilItHasItBack()
    {
        using StoreBench bench = new(StoreKind.Postgres);
        using RecordStore store = bench.Open();
        store.AddAll([Statements.Intake(1)], "a");
        bench.BreakConnections();
        Assert.That(() => store.AddAll([Statements.Intake(2)], "a"), Throws.InstanceOf<DbException>());
        using (RecordStore other = bench.Open())
        {
            other.AddAll([Statements.Intake(3)], "b");
            Assert.That(
                () => store.AddAll([Statements.Intake(2)], "a"),
                Throws.TypeOf<RecordStoreException>().With.Message.Contains("Another record store"));
            Assert.That(
                () => store.AddAll([Statements.Intake(2)], "a"), Throws.TypeOf<RecordStoreException>(), "once more");
            Assert.That(other.Find(RecordType.XapiStatement, Statements.Id(2)), Is.Null);
        }

        store.AddAll([Statements.Intake(2)], "a");
        Assert.That(() => store.Find(1L), Throws.InstanceOf<DbException>());
        Assert.That(store.Find(RecordType.XapiStatement, Statements.Id(2))!.Sequence, Is.EqualTo(3));
    }
}
