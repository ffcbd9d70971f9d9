using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Node.Storage;
using RocksDbSharp;

namespace Ledger.Node.Tests.Integrity;

/// <summary>What the store takes in memory, and what it writes anew, is bounded, however many keys it has.</summary>
public sealed partial class ColumnLayoutTests
{
    private const int Keys = 100_000;

    /// <summary>More than would stop the writer if nothing were merged.</summary>
    private const int Foldings = 200;

    /// <summary>So many that a table of twice as many is nearly twice as large.</summary>
    private const int KeysOfFolding = 200;

    /// <summary>A merge may begin some foldings late.</summary>
    private const int MergesWait = 24;

    private const int TableBytesMax = 8 * 1024;
    private const int CacheBytes = 64 * 1024 * 1024;

    private static readonly string[] Gathered =
    [
        LedgerColumns.Locators, LedgerColumns.EventIndex, LedgerColumns.Bodies, LedgerColumns.Transactions,
        LedgerColumns.Leaves,
    ];

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

    /// <summary>
    /// Columns whose keys come in no order are folded again and again: neither do files gather until the writer is
    /// slowed down, nor is all that stands written anew each time.
    /// </summary>
    [TestCase(LedgerColumns.Locators, 12, 4)]
    [TestCase(LedgerColumns.EventIndex, 16, 4)]
    [TestCase(LedgerColumns.Bodies, 48, 3)]
    [TestCase(LedgerColumns.Transactions, 40, 3)]
    [TestCase(LedgerColumns.Leaves, 56, 3)]
    [CancelAfter(120_000)]
    public void Files_of_like_size_are_merged_and_the_writer_never_waits(
        string name, int gathered, int writes, CancellationToken cancellation)
    {
        using RocksDb database = Open();
        ColumnFamilyHandle column = database.GetColumnFamily(name);
        Random random = new(1);
        List<byte[]> keys = [];
        long most = 0;
        for (int folding = 0; folding < Foldings; folding++)
        {
            cancellation.ThrowIfCancellationRequested();
            using WriteBatch batch = new();
            for (int place = 0; place < KeysOfFolding; place++)
            {
                byte[] key = new byte[52];
                random.NextBytes(key);
                keys.Add(key);
                batch.Put(key, key, column);
            }

            database.Write(batch);
            Fold(database);
            most = Math.Max(most, Number(database, column, "rocksdb.num-files-at-level0"));
        }

        Assert.That(most, Is.LessThanOrEqualTo(gathered + MergesWait));
        Assert.That(Number(database, column, "rocksdb.is-write-stopped"), Is.Zero);
        Assert.That(Number(database, column, "rocksdb.actual-delayed-write-rate"), Is.Zero);
        Assert.That(
            database.MultiGet([.. keys], [.. keys.Select(_ => column)]).Select(entry => entry.Value),
            Is.EqualTo(keys));
        Assert.That(
            Written(name), Is.InRange(keys.Count, keys.Count * writes), "keys in all files that were ever written");
    }

    [TestCase("ttl")]
    [TestCase("periodic_compaction_seconds")]
    public void No_file_is_merged_because_it_is_old(string option)
    {
        Open().Dispose();
        string file = Directory.GetFiles(folder, "OPTIONS-*").Order(StringComparer.Ordinal).Last();
        string[] sections = File.ReadAllText(file).Split("[CFOptions ");

        foreach (string name in Gathered)
        {
            string section = sections.Single(one => one.StartsWith($"\"{name}\"", StringComparison.Ordinal));
            Assert.That(section, Does.Contain("compaction_style=kCompactionStyleUniversal"));
            Assert.That(section, Does.Contain($"  {option}=0\n"));
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

    // A copy has all columns folded.
    private void Fold(RocksDb database)
    {
        string copy = folder + ".copy";
        using (Checkpoint checkpoint = database.Checkpoint())
        {
            checkpoint.Save(copy);
        }

        Directory.Delete(copy, recursive: true);
    }

    /// <summary>Sums up what the database's own log says of the files that it made.</summary>
    private long Written(string name) => File.ReadLines(Path.Combine(folder, "LOG"))
        .Where(line => line.Contains("\"table_file_creation\"", StringComparison.Ordinal)
            && line.Contains($"\"cf_name\": \"{name}\"", StringComparison.Ordinal))
        .Sum(line => long.Parse(EntriesOf().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("\"num_entries\": ([0-9]+)")]
    private static partial Regex EntriesOf();

    private static long Number(RocksDb database, ColumnFamilyHandle column, string property) =>
        long.Parse(database.GetProperty(property, column)!, CultureInfo.InvariantCulture);
}
