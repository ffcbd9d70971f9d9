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
}
