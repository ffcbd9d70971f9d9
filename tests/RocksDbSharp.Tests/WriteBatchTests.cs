namespace RocksDbSharp.Tests;

public sealed class WriteBatchTests : DatabaseTest
{
    [Test]
    public void A_batch_is_written_in_the_order_of_its_calls()
    {
        using RocksDb database = OpenDatabase();
        database.Put("gone"u8, "0"u8);
        using WriteBatch batch = new();
        batch.Put(Bytes("key"), Bytes("first")).Put("key"u8, "second"u8).Delete("gone"u8);
        Assert.That(batch.Count(), Is.EqualTo(3));
        database.Write(batch, new WriteOptions().SetSync(true));
        Assert.That(Text(database.Get("key"u8)), Is.EqualTo("second"));
        Assert.That(database.HasKey("gone"u8), Is.False);
    }

    [Test]
    public void A_batch_that_fails_changes_nothing()
    {
        using (RocksDb database = OpenDatabase())
        {
            database.Put("before"u8, "1"u8);
        }

        using RocksDb reader = RocksDb.OpenReadOnly(new DbOptions(), DatabasePath, false);
        using WriteBatch batch = new WriteBatch().Put("one"u8, "1"u8).Delete("before"u8);
        Assert.That(() => reader.Write(batch), Throws.TypeOf<RocksDbException>());
        Assert.That(reader.HasKey("one"u8), Is.False);
        Assert.That(reader.HasKey("before"u8), Is.True);
    }

    [Test]
    public void A_batch_cut_short_by_a_crash_is_dropped_whole()
    {
        using (RocksDb database = OpenDatabase())
        {
            using WriteBatch first = new WriteBatch().Put("a"u8, "1"u8).Put("b"u8, "1"u8);
            database.Write(first);
            using WriteBatch second = new WriteBatch().Put("a"u8, "2"u8).Put("b"u8, "2"u8);
            database.Write(second);
        }

        string log = Directory.GetFiles(DatabasePath, "*.log").Single();
        using (FileStream file = File.OpenWrite(log))
        {
            file.SetLength(file.Length - 1);
        }

        using RocksDb again = RocksDb.Open(
            NewOptions().SetWalRecoveryMode(Recovery.TolerateCorruptedTailRecords), DatabasePath);
        Assert.That(Text(again.Get("a"u8)) + Text(again.Get("b"u8)), Is.EqualTo("11"));
    }

    [Test]
    public void A_cleared_batch_is_empty_and_can_be_filled_again()
    {
        using RocksDb database = OpenDatabase();
        using WriteBatch batch = new WriteBatch().Put("old"u8, "1"u8).Clear();
        Assert.That(batch.Count(), Is.Zero);
        database.Write(batch.Put("new"u8, "2"u8));
        Assert.That(database.HasKey("old"u8), Is.False);
        Assert.That(database.HasKey("new"u8), Is.True);
    }

    [Test]
    public void A_batch_spans_column_families()
    {
        using RocksDb database = OpenDatabase("other");
        ColumnFamilyHandle other = database.GetColumnFamily("other");
        database.Put("gone"u8, "0"u8, other);
        using WriteBatch batch = new();
        batch.Put("key"u8, "default"u8).Put("key"u8, "other"u8, other).Delete(Bytes("gone"), other);
        database.Write(batch);
        Assert.That(Text(database.Get("key"u8)), Is.EqualTo("default"));
        Assert.That(Text(database.Get("key"u8, other)), Is.EqualTo("other"));
        Assert.That(database.HasKey("gone"u8, other), Is.False);
    }
}
