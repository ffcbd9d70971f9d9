namespace RocksDbSharp.Tests;

public sealed class MultiGetTests : DatabaseTest
{
    private const int Many = 5_000;
    private const int LargeBytes = 200;

    [Test]
    public void Values_come_in_the_order_of_the_keys_and_null_for_none()
    {
        using RocksDb database = OpenDatabase();
        database.Put("b"u8, "2"u8);
        database.Put("a"u8, "1"u8);
        database.Put("empty"u8, []);

        KeyValuePair<byte[], byte[]?>[] found =
            database.MultiGet([Bytes("b"), Bytes("none"), Bytes("a"), Bytes("b"), Bytes("empty"), []]);

        Assert.That(found.Select(entry => Text(entry.Key)), Is.EqualTo(["b", "none", "a", "b", "empty", string.Empty]));
        Assert.That(found.Select(entry => Text(entry.Value)), Is.EqualTo(["2", null, "1", "2", string.Empty, null]));
        Assert.That(database.MultiGet([]), Is.Empty);
    }

    [Test]
    public void Of_many_keys_in_memory_in_tables_and_in_files_of_large_values_each_has_its_own()
    {
        DbOptions options = NewOptions().SetBlockBasedTableFactory(
            new BlockBasedTableOptions().SetFilterPolicy(BloomFilterPolicy.Create(10)));
        Native.Instance.rocksdb_options_set_enable_blob_files(options.Handle, 1);
        Native.Instance.rocksdb_options_set_min_blob_size(options.Handle, LargeBytes);
        using RocksDb database = RocksDb.Open(options, DatabasePath);
        for (int key = 0; key < Many; key += 2)
        {
            database.Put(Bytes($"{key}"), ValueOf(key));
            if (key % 1000 == 0)
            {
                database.Flush(new FlushOptions());
            }
        }

        int[] order = [.. Enumerable.Range(0, Many)];
        new Random(1).Shuffle(order);
        KeyValuePair<byte[], byte[]?>[] found =
            database.MultiGet([.. order.Select(key => Bytes($"{key}"))], readOptions: new ReadOptions());

        for (int place = 0; place < Many; place++)
        {
            int key = order[place];
            Assert.That(Text(found[place].Key), Is.EqualTo($"{key}"));
            Assert.That(found[place].Value, Is.EqualTo(key % 2 == 0 ? ValueOf(key) : null));
        }
    }

    [Test]
    public void Each_key_is_read_in_its_own_family()
    {
        using RocksDb database = OpenDatabase("one", "two");
        ColumnFamilyHandle one = database.GetColumnFamily("one");
        ColumnFamilyHandle two = database.GetColumnFamily("two");
        database.Put("key"u8, "1"u8, one);
        database.Put("key"u8, "2"u8, two);

        KeyValuePair<byte[], byte[]?>[] found = database.MultiGet(
            [Bytes("key"), Bytes("key"), Bytes("key"), Bytes("key")],
            [two, one, one, database.GetDefaultColumnFamily()]);

        Assert.That(found.Select(entry => Text(entry.Value)), Is.EqualTo(["2", "1", "1", null]));
        Assert.That(() => database.MultiGet([Bytes("key")], [one, two]), Throws.ArgumentException);
    }

    [Test]
    public void A_read_that_fails_is_an_error_of_the_call()
    {
        using (RocksDb database = OpenDatabase())
        {
            for (int key = 0; key < Many; key++)
            {
                database.Put(Bytes($"{key:D8}"), ValueOf(key));
            }

            database.Flush(new FlushOptions());
        }

        string file = Directory.GetFiles(DatabasePath, "*.sst").Single();
        byte[] content = File.ReadAllBytes(file);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(file, content);
        using RocksDb again = OpenDatabase();
        byte[][] keys = [.. Enumerable.Range(0, Many).Select(key => Bytes($"{key:D8}"))];
        Assert.That(
            () => again.MultiGet(keys), Throws.TypeOf<RocksDbException>().With.Message.StartsWith("Corruption"));
        Assert.That(again.MultiGet([keys[0]]).Single().Value, Is.EqualTo(ValueOf(0)), "what is whole is read");
    }

    [Test]
    public void A_closed_database_is_not_read()
    {
        RocksDb database = OpenDatabase();
        database.Dispose();
        Assert.That(() => database.MultiGet([Bytes("key")]), Throws.TypeOf<ObjectDisposedException>());
    }

    // Every third is a large one.
    private static byte[] ValueOf(int key)
    {
        byte[] value = new byte[key % 3 == 0 ? LargeBytes : 20];
        new Random(key).NextBytes(value);
        return value;
    }
}
