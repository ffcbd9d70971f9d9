namespace RocksDbSharp.Tests;

public sealed class SnapshotTests : DatabaseTest
{
    [Test]
    public void A_snapshot_does_not_see_later_writes()
    {
        using RocksDb database = OpenDatabase();
        database.Put("key"u8, "old"u8);
        using Snapshot snapshot = database.CreateSnapshot();
        ReadOptions then = new ReadOptions().SetSnapshot(snapshot).SetFillCache(false);
        database.Put("key"u8, "new"u8);
        database.Put("later"u8, "1"u8);
        Assert.That(Text(database.Get("key"u8, null, then)), Is.EqualTo("old"));
        Assert.That(database.HasKey("later"u8, null, then), Is.False);
        Assert.That(Text(database.Get("key"u8)), Is.EqualTo("new"));
        using Iterator iterator = database.NewIterator(null, then).SeekToLast();
        Assert.That(Text(iterator.Value()), Is.EqualTo("old"));
    }

    [Test]
    public void A_disposed_snapshot_cannot_be_read_from()
    {
        using RocksDb database = OpenDatabase();
        Snapshot snapshot = database.CreateSnapshot();
        ReadOptions then = new ReadOptions().SetSnapshot(snapshot);
        snapshot.Dispose();
        Assert.That(() => database.Get(Bytes("key"), null, then), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => new ReadOptions().SetSnapshot(snapshot), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void A_checkpoint_opens_as_a_database_of_its_own()
    {
        string copy = Path.Combine(Folder, "copy");
        using RocksDb database = OpenDatabase("other");
        database.Put("key"u8, "value"u8, database.GetColumnFamily("other"));
        using (Checkpoint checkpoint = database.Checkpoint())
        {
            checkpoint.Save(copy);
            Assert.That(() => checkpoint.Save(copy), Throws.TypeOf<RocksDbException>().With.Message.Contains("exists"));
        }

        database.Put("key"u8, "changed"u8, database.GetColumnFamily("other"));
        using RocksDb opened = RocksDb.Open(
            new DbOptions(), copy, new ColumnFamilies { { "other", new ColumnFamilyOptions() } });
        Assert.That(Text(opened.Get("key"u8, opened.GetColumnFamily("other"))), Is.EqualTo("value"));
    }

    [Test]
    public void A_disposed_checkpoint_saves_nothing()
    {
        using RocksDb database = OpenDatabase();
        Checkpoint checkpoint = database.Checkpoint();
        checkpoint.Dispose();
        Assert.That(
            () => checkpoint.Save(Path.Combine(Folder, "copy")), Throws.TypeOf<ObjectDisposedException>());
    }
}
