using System.Runtime.InteropServices;
using Ledger.Contracts.Execution;
using Ledger.Primitives;
using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>
/// How each column is kept in memory and in tables, by what it is asked for and in which order it grows.
/// </summary>
internal static class ColumnLayout
{
    private const ulong WriteBufferBytes = 16 * 1024 * 1024;

    /// <summary>
    /// Of each column; when all but one wait to be folded into tables, writers stop. Folding is held back, and one
    /// column comes after the other: with two, batches of many records stopped for seconds.
    /// </summary>
    private const int WriteBuffersMax = 4;

    /// <summary>
    /// Blocks of all columns that were read lately, and the parts of tables' indexes and filters that were needed
    /// lately: what a store takes in memory does not grow with the chain. It has room for the filters of some fifteen
    /// million transactions; beyond that more and more of them come from the disk.
    /// </summary>
    private const ulong BlockCacheBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Indexes and filters are cut into parts of this: those of a young table are one part or two, so that hardly
    /// anything is searched for the part.
    /// </summary>
    private const ulong IndexPartBytes = 64 * 1024;

    /// <summary>About one absent key in a hundred is looked for in a file.</summary>
    private const int FilterBitsPerKey = 10;

    /// <summary>
    /// About one in seven hundred: each record that is inserted is asked for in some ten files, and in none of them.
    /// </summary>
    private const int LocatorFilterBitsPerKey = 14;

    /// <summary>Columns of hashes, keys and signatures: no compression makes them smaller.</summary>
    private static readonly IReadOnlyList<string> Incompressible =
        [LedgerColumns.Bodies, LedgerColumns.Transactions, LedgerColumns.Locators, LedgerColumns.Leaves];

    /// <summary>
    /// Columns of scattered keys with large values that are written once: these stand in files of their own, and
    /// compactions move the keys alone.
    /// </summary>
    private static readonly IReadOnlyList<string> LargeValues =
        [LedgerColumns.Bodies, LedgerColumns.Leaves, LedgerColumns.Locators];

    /// <summary>A smaller value stands with its key. That of a locator has 112 bytes, beside a key of 52.</summary>
    private const ulong LargeValueBytesMin = 96;

    /// <summary>Scattered keys meet all files that they are merged with: so many are gathered before.</summary>
    private const int EventFilesGathered = 16;

    /// <summary>Each record that is inserted is looked up in all files of locators.</summary>
    private const int LocatorFilesGathered = 12;

    /// <summary>
    /// And so many in columns that no transaction is looked up in on its way. All columns are folded at once: with one
    /// number for these three they would be merged one right after the other.
    /// </summary>
    private const int TransactionFilesGathered = 40;

    private const int BodyFilesGathered = 48;

    private const int LeafFilesGathered = 56;

    /// <summary>
    /// So many files slow the writer down. While large files are merged, which takes minutes, small ones gather, of any
    /// column, until other threads merge them, at 78 files at the latest.
    /// </summary>
    private const int FilesSlowing = 144;

    /// <summary>So many stop the writer.</summary>
    private const int FilesStopping = 192;

    /// <summary>
    /// A file is merged with all younger ones when it is larger than these together by this at most. To compare each
    /// with the next one alone would merge less, but where files differ in size it ends in writing the youngest anew
    /// each time.
    /// </summary>
    private const int LikeSizePercent = 5;

    /// <summary>By itself RocksDB merges the whole of such a column each 30 days.</summary>
    private const string NeverByAge = "ttl=0;periodic_compaction_seconds=0";

    /// <summary>More than there can be.</summary>
    private const int ObsoletePercentMax = 1_000_000;

    /// <summary>Columns that grow with the chain and whose keys come in no order, and their files.</summary>
    private static readonly SortedDictionary<string, int> Gathered = new(StringComparer.Ordinal)
    {
        [LedgerColumns.Bodies] = BodyFilesGathered,
        [LedgerColumns.Transactions] = TransactionFilesGathered,
        [LedgerColumns.Leaves] = LeafFilesGathered,
        [LedgerColumns.EventIndex] = EventFilesGathered,
        [LedgerColumns.Locators] = LocatorFilesGathered,
    };

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

    /// <summary>The column families with their options.</summary>
    public static ColumnFamilies Families()
    {
        ColumnFamilies families = new();
        Cache cache = Cache.CreateLru(BlockCacheBytes);
        foreach (string name in LedgerColumns.All)
        {
            families.Add(name, Options(name, Tables(name, cache)));
        }

        return families;
    }

    private static BlockBasedTableOptions Tables(string name, Cache cache)
    {
        BlockBasedTableOptions tables = new BlockBasedTableOptions()
            .SetBlockCache(cache)
            .SetCacheIndexAndFilterBlocks(true)
            .SetPinL0FilterAndIndexBlocksInCache(true)
            .SetIndexType(BlockBasedTableIndexType.TwoLevelIndex);
        Native.Instance.rocksdb_block_based_options_set_partition_filters(tables.Handle, 1);
        Native.Instance.rocksdb_block_based_options_set_metadata_block_size(tables.Handle, IndexPartBytes);
        if (!Unfiltered.Contains(name))
        {
            // Most look-ups are of what is not there: a record that is inserted was not inserted before.
            tables.SetFilterPolicy(BloomFilterPolicy.Create(
                name == LedgerColumns.Locators ? LocatorFilterBitsPerKey : FilterBitsPerKey, false));
        }

        return tables;
    }

    private static ColumnFamilyOptions Options(string name, BlockBasedTableOptions tables)
    {
        ColumnFamilyOptions options = new ColumnFamilyOptions()
            .SetWriteBufferSize(WriteBufferBytes)
            .SetMaxWriteBufferNumber(WriteBuffersMax)
            .SetBlockBasedTableFactory(tables);
        if (PointKeyBytes.TryGetValue(name, out ulong bytes))
        {
            options.SetPrefixExtractor(SliceTransform.CreateFixedPrefix(bytes))
                .SetMemtablePrefixBloomSizeRatio(MemoryFilterShare);
        }

        if (Gathered.TryGetValue(name, out int gathered))
        {
            MergeInTiers(options.SetLevel0FileNumCompactionTrigger(gathered));
        }

        if (Incompressible.Contains(name))
        {
            options.SetCompression(Compression.No);
        }

        if (LargeValues.Contains(name))
        {
            Native.Instance.rocksdb_options_set_enable_blob_files(options.Handle, 1);
            Native.Instance.rocksdb_options_set_min_blob_size(options.Handle, LargeValueBytesMin);
        }

        return options;
    }

    // Nothing in these columns becomes obsolete by what is written later, and old files are as good as new ones: for
    // neither are all merged at once.
    private static void MergeInTiers(ColumnFamilyOptions options)
    {
        nint rules = Native.Instance.rocksdb_universal_compaction_options_create();
        Native.Instance.rocksdb_universal_compaction_options_set_size_ratio(rules, LikeSizePercent);
        Native.Instance.rocksdb_universal_compaction_options_set_max_size_amplification_percent(
            rules, ObsoletePercentMax);
        options.SetCompactionStyle(Compaction.Universal)
            .SetUniversalCompactionOptions(rules)
            .SetLevel0SlowdownWritesTrigger(FilesSlowing)
            .SetLevel0StopWritesTrigger(FilesStopping);
        Native.Instance.rocksdb_universal_compaction_options_destroy(rules);
        nint never = Marshal.StringToCoTaskMemUTF8(NeverByAge);
        Native.Instance.rocksdb_get_options_from_string(options.Handle, never, options.Handle);
        Marshal.FreeCoTaskMem(never);
    }
}
