using System.Globalization;

namespace RocksDbSharp.Tests;

public sealed class NativeTests : DatabaseTest
{
    private const int LargeBytes = 200;
    private const int Keys = 50_000;
    private const int FilterBits = 10;
    private const int FlipEach = 499;
    private const int AskedEach = 131;

    [Test]
    public void A_large_value_stands_in_a_file_of_its_own_and_a_small_one_with_its_key()
    {
        byte[] large = [.. Enumerable.Range(0, LargeBytes).Select(place => (byte)place)];
        using (RocksDb database = OpenWithLargeValues())
        {
            database.Put(Bytes("small"), Bytes("value"));
            database.Flush(new FlushOptions());
            Assert.That(LargeValueFiles(), Is.Empty);
            database.Put(Bytes("large"), large);
            database.Flush(new FlushOptions());
            Assert.That(LargeValueFiles(), Has.Length.EqualTo(1));
        }

        using RocksDb plain = OpenDatabase();
        Assert.That(plain.Get(Bytes("large")), Is.EqualTo(large), "read by a database that makes no such files");
        Assert.That(Text(plain.Get(Bytes("small"))), Is.EqualTo("value"));
    }

    [Test]
    public void A_large_value_that_is_damaged_is_an_error()
    {
        using (RocksDb database = OpenWithLargeValues())
        {
            database.Put(Bytes("large"), new byte[LargeBytes]);
            database.Flush(new FlushOptions());
        }

        string file = LargeValueFiles().Single();
        byte[] content = File.ReadAllBytes(file);
        content[content.Length / 2] ^= 1;
        File.WriteAllBytes(file, content);
        using RocksDb again = OpenWithLargeValues();
        Assert.That(
            () => again.Get(Bytes("large")), Throws.TypeOf<RocksDbException>().With.Message.StartsWith("Corruption"));
    }

    [Test]
    public void Large_values_are_part_of_a_checkpoint()
    {
        string copy = Path.Combine(Folder, "copy");
        using (RocksDb database = OpenWithLargeValues())
        {
            database.Put(Bytes("large"), new byte[LargeBytes]);
            using Checkpoint checkpoint = database.Checkpoint();
            checkpoint.Save(copy);
        }

        using RocksDb again = RocksDb.Open(NewOptions(), copy);
        Assert.That(again.Get(Bytes("large")), Is.EqualTo(new byte[LargeBytes]));
    }

    [Test]
    public void Parts_of_indexes_and_filters_stand_in_the_cache_and_not_with_their_tables()
    {
        Assert.That(TableMemory(InParts(), "parts"), Is.LessThan(4_000));
        Assert.That(TableMemory(Filtered(), "whole"), Is.GreaterThan(Keys * FilterBits / 8 / 2));

        using RocksDb plain = RocksDb.Open(NewOptions(), Path.Combine(Folder, "parts"));
        Assert.That(Text(plain.Get(Bytes("00000002"))), Is.EqualTo("value"), "read by a database without parts");
        Assert.That(plain.Get(Bytes("00000003")), Is.Null);
    }

    /// <summary>
    /// A flipped bit costs time or is an error of the look-up; it neither hides a key nor makes one up.
    /// </summary>
    [Test]
    public void A_damaged_part_of_an_index_or_a_filter_does_not_lie()
    {
        TableMemory(InParts(), "parts");
        string file = Directory.GetFiles(Path.Combine(Folder, "parts"), "*.sst").Single();
        byte[] whole = File.ReadAllBytes(file);
        int errors = 0;
        for (int place = whole.Length - (Keys * FilterBits / 8); place < whole.Length; place += FlipEach)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 1;
            File.WriteAllBytes(file, damaged);
            try
            {
                using RocksDb database = RocksDb.Open(
                    NewOptions().SetBlockBasedTableFactory(InParts()), Path.Combine(Folder, "parts"));
                for (int key = 0; key < Keys; key += AskedEach)
                {
                    Assert.That(Text(database.Get(Bytes($"{key:D8}"))), Is.EqualTo(key % 2 == 0 ? "value" : null));
                }
            }
            catch (RocksDbException problem)
            {
                Assert.That(problem.Message, Does.StartWith("Corruption"));
                errors++;
            }
        }

        Assert.That(errors, Is.Positive, "some of the flips are met by a look-up");
    }

    private static BlockBasedTableOptions InParts()
    {
        BlockBasedTableOptions tables = Filtered()
            .SetBlockCache(Cache.CreateLru(1 << 20))
            .SetCacheIndexAndFilterBlocks(true)
            .SetPinL0FilterAndIndexBlocksInCache(true)
            .SetIndexType(BlockBasedTableIndexType.TwoLevelIndex);
        Native.Instance.rocksdb_block_based_options_set_partition_filters(tables.Handle, 1);
        Native.Instance.rocksdb_block_based_options_set_metadata_block_size(tables.Handle, 1 << 10);
        return tables;
    }

    private static BlockBasedTableOptions Filtered() =>
        new BlockBasedTableOptions().SetFilterPolicy(BloomFilterPolicy.Create(FilterBits));

    /// <summary>What a table with every other key takes in memory, after each was asked for.</summary>
    private int TableMemory(BlockBasedTableOptions tables, string name)
    {
        using RocksDb database = RocksDb.Open(
            NewOptions().SetBlockBasedTableFactory(tables), Path.Combine(Folder, name));
        for (int key = 0; key < Keys; key += 2)
        {
            database.Put(Bytes($"{key:D8}"), Bytes("value"));
        }

        database.Flush(new FlushOptions());
        for (int key = 0; key < Keys; key++)
        {
            Assert.That(Text(database.Get(Bytes($"{key:D8}"))), Is.EqualTo(key % 2 == 0 ? "value" : null));
        }

        return int.Parse(
            database.GetProperty("rocksdb.estimate-table-readers-mem")!, CultureInfo.InvariantCulture);
    }

    private string[] LargeValueFiles() => Directory.GetFiles(DatabasePath, "*.blob");

    private RocksDb OpenWithLargeValues()
    {
        DbOptions options = NewOptions();
        Native.Instance.rocksdb_options_set_enable_blob_files(options.Handle, 1);
        Native.Instance.rocksdb_options_set_min_blob_size(options.Handle, LargeBytes);
        return RocksDb.Open(options, DatabasePath);
    }
}
