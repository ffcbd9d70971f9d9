using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>The setters of both kinds of options. Each returns the options, so that calls can be chained.</summary>
/// <typeparam name="T">The kind of options.</typeparam>
public abstract class Options<T> : OptionsHandle
    where T : Options<T>
{
    private BlockBasedTableOptions? _tableOptions;

    private protected Options()
    {
    }

    /// <summary>Sets the number of background threads for flushes and compactions.</summary>
    public T IncreaseParallelism(int totalThreads)
    {
        RocksDbNative.rocksdb_options_increase_parallelism(Native, totalThreads);
        return (T)this;
    }

    /// <summary>Whether opening makes the database if there is none; false by default.</summary>
    public T SetCreateIfMissing(bool value = true)
    {
        RocksDbNative.rocksdb_options_set_create_if_missing(Native, value);
        return (T)this;
    }

    /// <summary>Whether opening makes the column families that are not there; false by default.</summary>
    public T SetCreateMissingColumnFamilies(bool value = true)
    {
        RocksDbNative.rocksdb_options_set_create_missing_column_families(Native, value);
        return (T)this;
    }

    /// <summary>Whether opening fails if there is a database; false by default.</summary>
    public T SetErrorIfExists(bool value = true)
    {
        RocksDbNative.rocksdb_options_set_error_if_exists(Native, value);
        return (T)this;
    }

    /// <summary>Whether damage that is found turns the database read-only; true by default.</summary>
    public T SetParanoidChecks(bool value = true)
    {
        RocksDbNative.rocksdb_options_set_paranoid_checks(Native, value);
        return (T)this;
    }

    /// <summary>The most files kept open; −1, the default, keeps all.</summary>
    public T SetMaxOpenFiles(int value)
    {
        RocksDbNative.rocksdb_options_set_max_open_files(Native, value);
        return (T)this;
    }

    /// <summary>The bytes of write-ahead logs above which the oldest data is flushed; 0 is automatic.</summary>
    public T SetMaxTotalWalSize(ulong n)
    {
        RocksDbNative.rocksdb_options_set_max_total_wal_size(Native, n);
        return (T)this;
    }

    /// <summary>What is done at opening with a damaged write-ahead log.</summary>
    public T SetWalRecoveryMode(Recovery mode)
    {
        RocksDbNative.rocksdb_options_set_wal_recovery_mode(Native, (int)mode);
        return (T)this;
    }

    /// <summary>The number of files of the database's own log that are kept.</summary>
    public T SetKeepLogFileNum(ulong value)
    {
        RocksDbNative.rocksdb_options_set_keep_log_file_num(Native, checked((nuint)value));
        return (T)this;
    }

    /// <summary>The size in bytes at which the database's own log begins a new file; 0 is no limit.</summary>
    public T SetMaxLogFileSize(ulong value)
    {
        RocksDbNative.rocksdb_options_set_max_log_file_size(Native, checked((nuint)value));
        return (T)this;
    }

    /// <summary>Whether reads pass by the system's page cache.</summary>
    public T SetUseDirectReads(bool value)
    {
        RocksDbNative.rocksdb_options_set_use_direct_reads(Native, value);
        return (T)this;
    }

    /// <summary>Whether flushes and compactions pass by the system's page cache.</summary>
    public T SetUseDirectIoForFlushAndCompaction(bool value)
    {
        RocksDbNative.rocksdb_options_set_use_direct_io_for_flush_and_compaction(Native, value);
        return (T)this;
    }

    /// <summary>The bytes after which a file that is being written is synced in the background; 0 is never.</summary>
    public T SetBytesPerSync(ulong value)
    {
        RocksDbNative.rocksdb_options_set_bytes_per_sync(Native, value);
        return (T)this;
    }

    /// <summary>The least grave messages that the database's own log holds.</summary>
    public T SetInfoLogLevel(InfoLogLevel value)
    {
        RocksDbNative.rocksdb_options_set_info_log_level(Native, (int)value);
        return (T)this;
    }

    /// <summary>The bytes of a column family that are held in memory before they are flushed.</summary>
    public T SetWriteBufferSize(ulong value)
    {
        RocksDbNative.rocksdb_options_set_write_buffer_size(Native, checked((nuint)value));
        return (T)this;
    }

    /// <summary>The most write buffers of a column family that are in memory.</summary>
    public T SetMaxWriteBufferNumber(int value)
    {
        RocksDbNative.rocksdb_options_set_max_write_buffer_number(Native, value);
        return (T)this;
    }

    /// <summary>The size in bytes of the files of the first level.</summary>
    public T SetTargetFileSizeBase(ulong value)
    {
        RocksDbNative.rocksdb_options_set_target_file_size_base(Native, value);
        return (T)this;
    }

    /// <summary>The number of files of level 0 from which on they are compacted; 4 by default.</summary>
    public T SetLevel0FileNumCompactionTrigger(int value)
    {
        RocksDbNative.rocksdb_options_set_level0_file_num_compaction_trigger(Native, value);
        return (T)this;
    }

    /// <summary>The number of files of level 0 from which on writes are slowed down; 20 by default.</summary>
    public T SetLevel0SlowdownWritesTrigger(int value)
    {
        RocksDbNative.rocksdb_options_set_level0_slowdown_writes_trigger(Native, value);
        return (T)this;
    }

    /// <summary>The number of files of level 0 from which on writes wait; 36 by default.</summary>
    public T SetLevel0StopWritesTrigger(int value)
    {
        RocksDbNative.rocksdb_options_set_level0_stop_writes_trigger(Native, value);
        return (T)this;
    }

    /// <summary>Whether the sizes of the levels are derived from the size of the last.</summary>
    public T SetLevelCompactionDynamicLevelBytes(bool value)
    {
        RocksDbNative.rocksdb_options_set_level_compaction_dynamic_level_bytes(Native, value);
        return (T)this;
    }

    /// <summary>Whether several writers may write to the same memory table at a time; true by default.</summary>
    public T SetAllowConcurrentMemtableWrite(bool value)
    {
        RocksDbNative.rocksdb_options_set_allow_concurrent_memtable_write(Native, value);
        return (T)this;
    }

    /// <summary>What of a key is its prefix, for filters; iterators of all keys then ask for the total order.</summary>
    public T SetPrefixExtractor(SliceTransform sliceTransform)
    {
        ArgumentNullException.ThrowIfNull(sliceTransform);

        // The options own what is made here.
        nuint length = checked((nuint)sliceTransform.Length);
        RocksDbNative.rocksdb_options_set_prefix_extractor(
            Native, RocksDbNative.rocksdb_slicetransform_create_fixed_prefix(length));
        return (T)this;
    }

    /// <summary>
    /// The share of the write buffer that a filter of the prefixes in memory takes; 0, the default, is none.
    /// </summary>
    public T SetMemtablePrefixBloomSizeRatio(double ratio)
    {
        RocksDbNative.rocksdb_options_set_memtable_prefix_bloom_size_ratio(Native, ratio);
        return (T)this;
    }

    /// <summary>How blocks are compressed.</summary>
    public T SetCompression(Compression value)
    {
        RocksDbNative.rocksdb_options_set_compression(Native, (int)value);
        return (T)this;
    }

    /// <summary>By which rules files are merged; in levels by default.</summary>
    public T SetCompactionStyle(Compaction value)
    {
        RocksDbNative.rocksdb_options_set_compaction_style(Native, (int)value);
        return (T)this;
    }

    /// <summary>Rules for merging in tiers, which are copied.</summary>
    public T SetUniversalCompactionOptions(nint universalCompactionOptions)
    {
        RocksDbNative.rocksdb_options_set_universal_compaction_options(Native, universalCompactionOptions);
        return (T)this;
    }

    /// <summary>The bytes of level 1 from which on its files are merged into the next level.</summary>
    public T SetMaxBytesForLevelBase(ulong value)
    {
        RocksDbNative.rocksdb_options_set_max_bytes_for_level_base(Native, value);
        return (T)this;
    }

    /// <summary>Block size, cache and filter of the files.</summary>
    public T SetBlockBasedTableFactory(BlockBasedTableOptions table_options)
    {
        ArgumentNullException.ThrowIfNull(table_options);
        RocksDbNative.rocksdb_options_set_block_based_table_factory(Native, table_options.Native);
        _tableOptions = table_options;
        return (T)this;
    }
}
