using System.Security.Cryptography;
using Ledger.Contracts.Execution;
using Ledger.Primitives;
using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>How the database is opened, and what its failures to open mean for the operator.</summary>
internal static class DatabaseOpening
{
    /// <summary>Open files are capped so that a node lives within the usual limit of 1,024.</summary>
    private const int OpenFilesMax = 256;

    private const ulong WriteBufferBytes = 16 * 1024 * 1024;

    /// <summary>Blocks of all columns that were read lately.</summary>
    private const ulong BlockCacheBytes = 32 * 1024 * 1024;

    /// <summary>About one absent key in a hundred is looked for in a file.</summary>
    private const int FilterBitsPerKey = 10;

    /// <summary>
    /// About one in seven hundred: each record that is inserted is asked for in some twenty files, and in none of them.
    /// </summary>
    private const int LocatorFilterBitsPerKey = 14;

    /// <summary>
    /// Columns of hashes, keys and signatures: no compression makes them smaller, and their keys come in no order.
    /// </summary>
    private static readonly IReadOnlyList<string> Scattered =
        [LedgerColumns.Bodies, LedgerColumns.Transactions, LedgerColumns.Locators, LedgerColumns.Leaves];

    /// <summary>
    /// Columns of scattered keys with large values that are written once: these stand in files of their own, and
    /// compactions move the keys alone.
    /// </summary>
    private static readonly IReadOnlyList<string> LargeValues =
        [LedgerColumns.Bodies, LedgerColumns.Leaves, LedgerColumns.Locators];

    /// <summary>A smaller value stands with its key. That of a locator has 112 bytes, beside a key of 52.</summary>
    private const ulong LargeValueBytesMin = 96;

    /// <summary>
    /// Scattered keys meet all files of the next level when they are compacted: as many are gathered before, each with
    /// its filter.
    /// </summary>
    private const int ScatteredFilesGathered = 16;

    /// <summary>
    /// What is gathered is merged with all of level 1, and that in turn, when it is larger than this, with all of level
    /// 2: at a few times of what is gathered neither has much to write anew.
    /// </summary>
    private const ulong ScatteredLevelBytes = 64 * 1024 * 1024;

    /// <summary>Twice as many slow the writer down, three times as many stop it.</summary>
    private const int ScatteredFilesSlowing = 2 * ScatteredFilesGathered;

    private const int ScatteredFilesMax = 3 * ScatteredFilesGathered;

    /// <summary>
    /// What is written in the background, in bytes a second, so that a compaction is spread over minutes and takes
    /// neither the disk nor a processor from agreement: several times what a node takes in.
    /// </summary>
    private const long BackgroundBytesPerSecond = 12L * 1024 * 1024;

    private const long BackgroundRefillMicroseconds = 100_000;

    /// <summary>One in this many times a compaction comes before a flush.</summary>
    private const int BackgroundFairness = 10;

    /// <summary>
    /// Columns that are asked for single keys, most of them absent, and the length of a key: what is not in memory is
    /// told by a filter, without a search.
    /// </summary>
    private static readonly SortedDictionary<string, ulong> PointKeyBytes = new(StringComparer.Ordinal)
    {
        [LedgerColumns.Bodies] = Hash256.Size,
        [LedgerColumns.Transactions] = Hash256.Size,
        [LedgerColumns.Locators] = RecordIndexKey.Size,
    };

    /// <summary>
    /// Columns that are asked for what is there, or gone through: a filter would only take up memory, more of it the
    /// longer the chain.
    /// </summary>
    private static readonly IReadOnlyList<string> Unfiltered =
        [LedgerColumns.Blocks, LedgerColumns.Results, LedgerColumns.EventIndex, LedgerColumns.Leaves];

    /// <summary>Of a write buffer: 1.6 MiB, more than ten bits for each of its keys.</summary>
    private const double MemoryFilterShare = 0.1;

    /// <summary>
    /// The log of writes is folded into tables at this size at most, so that a restart reads no more and a full disk is
    /// recovered within the reserve.
    /// </summary>
    private const int LogBytesMax = 32 * 1024 * 1024;

    /// <summary>
    /// And at this size at least. Validators take in the same: with one size for all they would fold, and compact for
    /// half a minute, all at once, and a quorum would wait for it. Each start draws its own.
    /// </summary>
    private const int LogBytesMin = LogBytesMax * 5 / 8;

    /// <summary>
    /// Where files cannot be written past the page cache, what is written in the background goes to the disk in
    /// portions of this, and not all at a file's end.
    /// </summary>
    private const ulong BackgroundSyncBytes = 1024 * 1024;

    /// <summary>
    /// The options for a database that is written. One thread writes at a time. A damaged record within the log is an
    /// error; an incomplete one at its end is dropped, and the watermark tells whether it had been promised.
    /// </summary>
    public static DbOptions ForWriting(string folder)
    {
        DbOptions options = Options(Recovery.TolerateCorruptedTailRecords)
            .SetCreateIfMissing(true)
            .SetCreateMissingColumnFamilies(true)
            .SetMaxTotalWalSize((ulong)RandomNumberGenerator.GetInt32(LogBytesMin, LogBytesMax + 1))
            .SetBytesPerSync(BackgroundSyncBytes)
            .SetAllowConcurrentMemtableWrite(false);
        if (DirectFiles.AreSupported(folder))
        {
            // What stands in the page cache is written out with the next sync of the log, and votes would wait for it.
            options.SetUseDirectIoForFlushAndCompaction(true);
        }

        nint limit = Native.Instance.rocksdb_ratelimiter_create(
            BackgroundBytesPerSecond, BackgroundRefillMicroseconds, BackgroundFairness);
        Native.Instance.rocksdb_options_set_ratelimiter(options.Handle, limit);
        Native.Instance.rocksdb_ratelimiter_destroy(limit);
        return options;
    }

    /// <summary>The options for a database that is only read.</summary>
    public static DbOptions ForReading(Recovery recovery) => Options(recovery).SetCreateIfMissing(false);

    private static DbOptions Options(Recovery recovery) => new DbOptions()
        .SetMaxOpenFiles(OpenFilesMax)
        .SetKeepLogFileNum(2)
        .SetParanoidChecks(true)
        .SetWalRecoveryMode(recovery);

    /// <summary>The column families with their options.</summary>
    public static ColumnFamilies Families()
    {
        ColumnFamilies families = new();
        Cache cache = Cache.CreateLru(BlockCacheBytes);
        foreach (string name in LedgerColumns.All)
        {
            BlockBasedTableOptions table = new BlockBasedTableOptions().SetBlockCache(cache);
            if (!Unfiltered.Contains(name))
            {
                // Most look-ups are of what is not there: a record that is inserted was not inserted before.
                table.SetFilterPolicy(BloomFilterPolicy.Create(
                    name == LedgerColumns.Locators ? LocatorFilterBitsPerKey : FilterBitsPerKey, false));
            }

            ColumnFamilyOptions options = new ColumnFamilyOptions()
                .SetWriteBufferSize(WriteBufferBytes)
                .SetBlockBasedTableFactory(table);
            if (PointKeyBytes.TryGetValue(name, out ulong bytes))
            {
                options.SetPrefixExtractor(SliceTransform.CreateFixedPrefix(bytes))
                    .SetMemtablePrefixBloomSizeRatio(MemoryFilterShare);
            }

            if (Scattered.Contains(name))
            {
                options.SetCompression(Compression.No)
                    .SetMaxBytesForLevelBase(ScatteredLevelBytes)
                    .SetLevel0FileNumCompactionTrigger(ScatteredFilesGathered)
                    .SetLevel0SlowdownWritesTrigger(ScatteredFilesSlowing)
                    .SetLevel0StopWritesTrigger(ScatteredFilesMax);
            }

            if (LargeValues.Contains(name))
            {
                Native.Instance.rocksdb_options_set_enable_blob_files(options.Handle, true);
                Native.Instance.rocksdb_options_set_min_blob_size(options.Handle, LargeValueBytesMin);
            }

            families.Add(name, options);
        }

        return families;
    }

    /// <summary>Opens, and turns every failure into one that the operator can act on.</summary>
    public static LedgerDatabase Guard(string folder, Func<LedgerDatabase> open)
    {
        try
        {
            return open();
        }
        catch (RocksDbException problem)
        {
            throw Explain(folder, problem);
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            throw new StorageFailedException(
                $"The data folder {folder} cannot be written: {problem.Message} Check its owner and the free space.",
                problem);
        }
    }

    private static StorageFailedException Explain(string folder, RocksDbException problem)
    {
        string message = problem.Message;
        if (Says(message, "No space left") || Says(message, "File too large") || Says(message, "quota"))
        {
            return new StorageFailedException(
                $"There is no room on the disk of {folder}: {message}. Make room and start the node again; the data "
                + "are whole.",
                problem);
        }

        if (Says(message, "lock"))
        {
            return new StorageFailedException(
                $"The data folder {folder} is in use by another node. Stop that node, or give this one another "
                + "folder.",
                problem);
        }

        return new StorageFailedException(
            $"The database in {folder} cannot be opened: {message}. See what is damaged with `ledger-node fsck`, and "
            + "mend it with `ledger-node fsck --repair`.",
            problem)
        {
            IsDamage = true,
        };
    }

    private static bool Says(string message, string word) =>
        message.Contains(word, StringComparison.OrdinalIgnoreCase);
}
