namespace RocksDbSharp.Tests;

public sealed class ReadWriteTests : DatabaseTest
{
    [Test]
    public void What_was_put_is_there_after_the_database_is_opened_again()
    {
        using (RocksDb database = OpenDatabase())
        {
            database.Put(Bytes("key"), Bytes("value"));
            database.Put("span"u8, "of bytes"u8);
        }

        using RocksDb again = OpenDatabase();
        Assert.That(Text(again.Get(Bytes("key"))), Is.EqualTo("value"));
        Assert.That(Text(again.Get("span"u8)), Is.EqualTo("of bytes"));
    }

    [Test]
    public void A_missing_key_gives_null()
    {
        using RocksDb database = OpenDatabase();
        Assert.That(database.Get(Bytes("none")), Is.Null);
        Assert.That(database.HasKey("none"u8), Is.False);
    }

    [Test]
    public void An_empty_value_is_not_a_missing_one()
    {
        using RocksDb database = OpenDatabase();
        database.Put("key"u8, []);
        Assert.That(database.Get("key"u8), Is.Not.Null.And.Empty);
        Assert.That(database.HasKey("key"u8), Is.True);
    }

    [Test]
    public void An_empty_key_is_a_key()
    {
        using RocksDb database = OpenDatabase();
        database.Put([], "value"u8);
        Assert.That(Text(database.Get(Array.Empty<byte>())), Is.EqualTo("value"));
    }

    [Test]
    public void A_value_of_16_MiB_comes_back_whole()
    {
        byte[] value = new byte[16 * 1024 * 1024];
        new Random(1).NextBytes(value);
        using RocksDb database = OpenDatabase();
        database.Put("key"u8, value);
        Assert.That(database.Get("key"u8).AsSpan().SequenceEqual(value), Is.True);
    }

    [Test]
    public void A_removed_key_is_gone()
    {
        using RocksDb database = OpenDatabase();
        database.Put("one"u8, "1"u8);
        database.Put("two"u8, "2"u8);
        database.Remove("one"u8);
        database.Remove(Bytes("two"));
        Assert.That(database.HasKey("one"u8) || database.HasKey("two"u8), Is.False);
    }

    [Test]
    public void A_synced_write_and_one_without_a_log_are_both_read_back()
    {
        using RocksDb database = OpenDatabase();
        database.Put("synced"u8, "1"u8, null, new WriteOptions().SetSync(true));
        database.Put("unlogged"u8, "2"u8, null, new WriteOptions().DisableWal(1));
        Assert.That(Text(database.Get("synced"u8)) + Text(database.Get("unlogged"u8)), Is.EqualTo("12"));
    }

    [Test]
    public void Options_that_cannot_go_together_are_refused_in_the_words_of_RocksDB()
    {
        using RocksDb database = OpenDatabase();
        WriteOptions options = new WriteOptions().SetSync(true).DisableWal(1);
        Assert.That(
            () => database.Put("key"u8, "value"u8, null, options),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("WAL"));
        database.Put("key"u8, "value"u8);
        Assert.That(database.HasKey("key"u8), Is.True);
    }

    [Test]
    public void A_database_serves_several_threads()
    {
        using RocksDb database = OpenDatabase();
        Parallel.For(0, 1000, number => database.Put(BitConverter.GetBytes(number), BitConverter.GetBytes(number)));
        Assert.That(
            Enumerable.Range(0, 1000).All(number =>
                BitConverter.ToInt32(database.Get(BitConverter.GetBytes(number))) == number),
            Is.True);
    }

    [Test]
    public void After_disposal_every_call_throws()
    {
        RocksDb database = OpenDatabase("family");
        ColumnFamilyHandle family = database.GetColumnFamily("family");
        WriteBatch batch = new();
        database.Dispose();
        Assert.That(() => database.Get(Bytes("key")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Put(Bytes("key"), Bytes("value")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Remove(Bytes("key"), family), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Write(batch), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.NewIterator(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.CreateSnapshot(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Checkpoint(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.Flush(new FlushOptions()), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.CompactRange(null, null), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => database.GetProperty("rocksdb.stats"), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => family.Handle, Throws.TypeOf<ObjectDisposedException>());
        batch.Dispose();
        Assert.That(() => batch.Put(Bytes("key"), Bytes("value")), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(database.Dispose, Throws.Nothing);
    }
}
