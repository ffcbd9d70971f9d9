namespace RocksDbSharp.Tests;

public sealed class OpeningTests : DatabaseTest
{
    [Test]
    public void A_missing_database_is_not_made_unasked() =>
        Assert.That(
            () => RocksDb.Open(new DbOptions(), DatabasePath),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("create_if_missing is false"));

    [Test]
    public void An_existing_database_is_refused_when_asked_for()
    {
        OpenDatabase().Dispose();
        Assert.That(
            () => RocksDb.Open(NewOptions().SetErrorIfExists(), DatabasePath),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("error_if_exists is true"));
    }

    [Test]
    public void A_database_opens_once_at_a_time()
    {
        using (OpenDatabase())
        {
            Assert.That(
                () => OpenDatabase(), Throws.TypeOf<RocksDbException>().With.Message.StartsWith("IO error: lock hold"));
        }

        using RocksDb again = OpenDatabase();
    }

    [Test]
    public void A_damaged_CURRENT_file_is_reported()
    {
        OpenDatabase().Dispose();
        File.WriteAllText(Path.Combine(DatabasePath, "CURRENT"), "no manifest");
        Assert.That(
            () => OpenDatabase(),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("CURRENT file does not end with newline"));
    }

    [Test]
    public void A_damaged_log_is_an_error_or_a_loss_as_the_options_say()
    {
        using (RocksDb database = OpenDatabase())
        {
            database.Put("key"u8, "value"u8);
        }

        string log = Directory.GetFiles(DatabasePath, "*.log").Single();
        using (FileStream file = File.OpenWrite(log))
        {
            file.SetLength(file.Length - 1);
        }

        Assert.That(
            () => RocksDb.Open(NewOptions().SetWalRecoveryMode(Recovery.AbsoluteConsistency), DatabasePath),
            Throws.TypeOf<RocksDbException>().With.Message.StartsWith("Corruption"));
        using RocksDb again = RocksDb.Open(NewOptions().SetWalRecoveryMode(Recovery.PointInTime), DatabasePath);
        Assert.That(again.HasKey("key"u8), Is.False);
    }

    [Test]
    public void A_reader_opens_what_a_writer_has_open_and_cannot_write()
    {
        using RocksDb writer = OpenDatabase("other");
        writer.Put("key"u8, "value"u8, writer.GetColumnFamily("other"));
        ColumnFamilies families = new() { { "other", new ColumnFamilyOptions() } };
        using RocksDb reader = RocksDb.OpenReadOnly(new DbOptions(), DatabasePath, families, false);
        Assert.That(Text(reader.Get("key"u8, reader.GetColumnFamily("other"))), Is.EqualTo("value"));
        Assert.That(
            () => reader.Put("key"u8, "new"u8),
            Throws.TypeOf<RocksDbException>().With.Message.Contains("read only mode"));
    }

    [Test]
    public void Every_option_is_accepted_and_outlived_by_its_database()
    {
        using RocksDb database = OpenWithAllOptions();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        database.Put("key"u8, "value"u8);
        database.Flush(new FlushOptions().SetWaitForFlush(true));
        database.CompactRange(null, null);
        database.CompactRange(Bytes("a"), Bytes("z"));
        ReadOptions reading = new ReadOptions().SetPrefixSameAsStart(false);
        Assert.That(Text(database.Get("key"u8, null, reading)), Is.EqualTo("value"));
        Assert.That(database.GetProperty("rocksdb.estimate-num-keys"), Is.EqualTo("1"));
        Assert.That(database.GetProperty("rocksdb.unheard-of"), Is.Null);
    }

    private RocksDb OpenWithAllOptions()
    {
        Cache cache = Cache.CreateLru(1 << 20);
        BloomFilterPolicy filter = BloomFilterPolicy.Create();
        DbOptions options = NewOptions().IncreaseParallelism(2).SetMaxOpenFiles(64).SetMaxTotalWalSize(1 << 20)
            .SetWalRecoveryMode(Recovery.PointInTime).SetParanoidChecks().SetKeepLogFileNum(2)
            .SetMaxLogFileSize(1 << 20).SetInfoLogLevel(InfoLogLevel.Warn).SetUseDirectReads(false)
            .SetUseDirectIoForFlushAndCompaction(false).SetBytesPerSync(1 << 20).SetMaxBytesForLevelBase(1 << 20);
        ColumnFamilyOptions family = new ColumnFamilyOptions().SetWriteBufferSize(1 << 20).SetMaxWriteBufferNumber(3)
            .SetTargetFileSizeBase(1 << 20).SetLevelCompactionDynamicLevelBytes(true).SetCompression(Compression.No)
            .SetBlockBasedTableFactory(new BlockBasedTableOptions().SetBlockSize(4096).SetBlockCache(cache)
                .SetFilterPolicy(filter).SetCacheIndexAndFilterBlocks(true));
        ColumnFamilyOptions other = new ColumnFamilyOptions().SetBlockBasedTableFactory(
            new BlockBasedTableOptions().SetBlockCache(cache).SetFilterPolicy(filter));
        return RocksDb.Open(options, DatabasePath, new ColumnFamilies(family) { { "other", other } });
    }
}
