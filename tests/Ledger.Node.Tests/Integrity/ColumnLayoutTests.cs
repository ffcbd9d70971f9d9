using System.Globalization;
using Ledger.Node.Storage;
using RocksDbSharp;

namespace Ledger.Node.Tests.Integrity;

/// <summary>What the store takes in memory is bounded, however many keys it has.</summary>
public sealed class ColumnLayoutTests
{
    private const int Keys = 100_000;
    private const int TableBytesMax = 8 * 1024;
    private const int CacheBytes = 64 * 1024 * 1024;

    private string folder = string.Empty;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("layout-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    /// <summary>A filter alone has 125 KB for these keys, and that of locators 175.</summary>
    [TestCaseSource(typeof(LedgerColumns), nameof(LedgerColumns.All))]
    public void A_table_holds_no_filter_and_no_index_of_its_own(string name)
    {
        byte[][] keys = Fill(name);
        using RocksDb database = Open();
        ColumnFamilyHandle column = database.GetColumnFamily(name);
        foreach (byte[] key in keys)
        {
            if (database.Get(key, column) is null)
            {
                Assert.Fail("a key that was written is not there");
            }

            key[0] ^= 0x80;
            if (database.Get(key, column) is not null)
            {
                Assert.Fail("a key that was not written is there");
            }
        }

        Assert.That(Number(database, column, "rocksdb.estimate-table-readers-mem"), Is.LessThan(TableBytesMax));
        Assert.That(Number(database, column, "rocksdb.block-cache-usage"), Is.GreaterThan(TableBytesMax));
    }

    [Test]
    public void All_columns_share_one_cache()
    {
        Fill(LedgerColumns.Locators);
        using RocksDb database = Open();
        long used = Number(database, database.GetColumnFamily(LedgerColumns.Locators), "rocksdb.block-cache-usage");
        Assert.That(used, Is.GreaterThan(TableBytesMax));
        foreach (string name in LedgerColumns.All)
        {
            ColumnFamilyHandle column = database.GetColumnFamily(name);
            Assert.That(Number(database, column, "rocksdb.block-cache-usage"), Is.EqualTo(used), name);
            Assert.That(Number(database, column, "rocksdb.block-cache-capacity"), Is.EqualTo(CacheBytes), name);
        }
    }

    private RocksDb Open() => RocksDb.Open(DatabaseOpening.ForWriting(folder), folder, ColumnLayout.Families());

    /// <summary>Writes keys and closes: the next opening folds what is in the log into a table.</summary>
    private byte[][] Fill(string name)
    {
        using RocksDb database = Open();
        ColumnFamilyHandle column = database.GetColumnFamily(name);
        Random random = new(1);
        byte[][] keys = new byte[Keys][];
        using WriteBatch batch = new();
        for (int place = 0; place < Keys; place++)
        {
            keys[place] = new byte[52];
            random.NextBytes(keys[place]);
            keys[place][0] &= 0x7f;
            batch.Put(keys[place], keys[place], column);
        }

        database.Write(batch);
        return keys;
    }

    private static long Number(RocksDb database, ColumnFamilyHandle column, string property) =>
        long.Parse(database.GetProperty(property, column)!, CultureInfo.InvariantCulture);
}
