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
    /// About one in seven hundred: each record that is inserted is asked for in some twenty files, and in none of them.
    /// </summary>
    private const int LocatorFilterBitsPerKey = 14;

    /// <summary>Columns of hashes, keys and signatures: no compression makes them smaller.</summary>
    private static readonly IReadOnlyList<string> Incompressible =
        [LedgerColumns.Bodies, LedgerColumns.Transactions, LedgerColumns.Locators, LedgerColumns.Leaves];

    /// <summary>Columns that grow with the chain and whose keys come in no order.</summary>
    private static readonly IReadOnlyList<string> Scattered = [.. Incompressible, LedgerColumns.EventIndex];

    /// <summary>
    /// Columns of scattered keys with large values that are written once: these stand in files of their own, and
    /// compactions move the keys alone.
    /// </summary>
    private static readonly IReadOnlyList<string> LargeValues =
        [LedgerColumns.Bodies, LedgerColumns.Leaves, LedgerColumns.Locators];

    /// <summary>A smaller value stands with its key. That of a locator has 112 bytes, beside a key of 52.</summary>
    private const ulong LargeValueBytesMin = 96;

    /// <summary>
    /// Scattered keys meet all files of the next level when they are merged: so many files are gathered before.
    /// </summary>
    private const int FilesGathered = 16;

    /// <summary>
    /// And so many in columns that no transaction is looked up in on its way: a read asks more files, and merging takes
    /// half the time.
    /// </summary>
    private const int FilesGatheredLong = 48;

    /// <summary>
    /// What is gathered is merged with all of level 1, and that in turn, when it is larger than this, with all of level
    /// 2: at a few times of what is gathered neither has much to write anew.
    /// </summary>
    private const ulong LevelBytes = 64 * 1024 * 1024;

    private const ulong LevelBytesLong = 2 * LevelBytes;

    /// <summary>So many times what is gathered slow the writer down.</summary>
    private const int Slowing = 2;

    /// <summary>So many times what is gathered stop the writer.</summary>
    private const int Stopping = 3;

    private static readonly IReadOnlyList<string> GatheredLong =
        [LedgerColumns.Bodies, LedgerColumns.Transactions, LedgerColumns.Leaves];

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

        if (Scattered.Contains(name))
        {
            bool isLong = GatheredLong.Contains(name);
            int gathered = isLong ? FilesGatheredLong : FilesGathered;
            options.SetMaxBytesForLevelBase(isLong ? LevelBytesLong : LevelBytes)
                .SetLevel0FileNumCompactionTrigger(gathered)
                .SetLevel0SlowdownWritesTrigger(Slowing * gathered)
                .SetLevel0StopWritesTrigger(Stopping * gathered);
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
}
