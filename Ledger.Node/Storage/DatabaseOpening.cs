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

    /// <summary>Columns of hashes, keys and signatures, which no compression makes smaller.</summary>
    private static readonly IReadOnlyList<string> Incompressible =
        [LedgerColumns.Bodies, LedgerColumns.Transactions, LedgerColumns.Locators, LedgerColumns.Leaves];

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

    /// <summary>Of a write buffer: 1.6 MiB, more than ten bits for each of its keys.</summary>
    private const double MemoryFilterShare = 0.1;

    /// <summary>
    /// The log of writes is folded into tables at this size, so that a restart reads no more and a full disk is
    /// recovered within the reserve.
    /// </summary>
    private const ulong LogBytesMax = 32 * 1024 * 1024;

    /// <summary>
    /// The options. One thread writes at a time. A damaged record within the log is an error; an incomplete one at its
    /// end is dropped, and the watermark tells whether it had been promised.
    /// </summary>
    public static DbOptions Options(Recovery recovery, bool create) => new DbOptions()
        .SetCreateIfMissing(create)
        .SetCreateMissingColumnFamilies(create)
        .SetMaxOpenFiles(OpenFilesMax)
        .SetKeepLogFileNum(2)
        .SetMaxTotalWalSize(LogBytesMax)
        .SetParanoidChecks(true)
        .SetAllowConcurrentMemtableWrite(false)
        .SetWalRecoveryMode(recovery);

    /// <summary>The column families with their options.</summary>
    public static ColumnFamilies Families()
    {
        ColumnFamilies families = new();
        Cache cache = Cache.CreateLru(BlockCacheBytes);
        foreach (string name in LedgerColumns.All)
        {
            // Most look-ups are of what is not there: a record that is inserted was not inserted before.
            ColumnFamilyOptions options = new ColumnFamilyOptions()
                .SetWriteBufferSize(WriteBufferBytes)
                .SetBlockBasedTableFactory(new BlockBasedTableOptions()
                    .SetBlockCache(cache)
                    .SetFilterPolicy(BloomFilterPolicy.Create(FilterBitsPerKey, false)));
            if (PointKeyBytes.TryGetValue(name, out ulong bytes))
            {
                options.SetPrefixExtractor(SliceTransform.CreateFixedPrefix(bytes))
                    .SetMemtablePrefixBloomSizeRatio(MemoryFilterShare);
            }

            families.Add(name, Incompressible.Contains(name) ? options.SetCompression(Compression.No) : options);
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
