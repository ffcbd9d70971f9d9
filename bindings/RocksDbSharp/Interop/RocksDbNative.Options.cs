using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>RocksDB's C API: options. Every <c>error</c> points to zero before the call.</summary>
internal static unsafe partial class RocksDbNative
{
    [LibraryImport(Name)]
    internal static partial nint rocksdb_options_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_destroy(nint options);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_create_if_missing(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_create_missing_column_families(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_error_if_exists(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_paranoid_checks(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_increase_parallelism(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_max_open_files(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_max_total_wal_size(NativeHandle options, ulong value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_wal_recovery_mode(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_keep_log_file_num(NativeHandle options, nuint value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_max_log_file_size(NativeHandle options, nuint value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_use_direct_reads(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_use_direct_io_for_flush_and_compaction(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_bytes_per_sync(NativeHandle options, ulong value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_info_log_level(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_write_buffer_size(NativeHandle options, nuint value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_max_write_buffer_number(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_target_file_size_base(NativeHandle options, ulong value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_level0_file_num_compaction_trigger(
        NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_level0_slowdown_writes_trigger(
        NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_level0_stop_writes_trigger(
        NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_level_compaction_dynamic_level_bytes(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_allow_concurrent_memtable_write(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_enable_blob_files(nint options, byte value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_min_blob_size(nint options, ulong value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_get_options_from_string(
        nint options, nint text, nint newOptions, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_compaction_style(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_universal_compaction_options(NativeHandle options, nint rules);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_universal_compaction_options_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_universal_compaction_options_set_size_ratio(nint rules, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_universal_compaction_options_set_max_size_amplification_percent(
        nint rules, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_universal_compaction_options_destroy(nint rules);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_slicetransform_create_fixed_prefix(nuint length);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_prefix_extractor(NativeHandle options, nint transform);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_memtable_prefix_bloom_size_ratio(
        NativeHandle options, double ratio);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_compression(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_max_bytes_for_level_base(NativeHandle options, ulong value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_options_set_block_based_table_factory(
        NativeHandle options, NativeHandle tableOptions);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_block_based_options_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_destroy(nint options);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_block_size(NativeHandle options, nuint value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_block_cache(NativeHandle options, NativeHandle cache);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_filter_policy(NativeHandle options, nint policy);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_cache_index_and_filter_blocks(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_index_type(NativeHandle options, int value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_partition_filters(nint options, byte value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_block_based_options_set_metadata_block_size(nint options, ulong value);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_filterpolicy_create_bloom_full(double bitsPerKey);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_cache_create_lru(nuint capacity);

    [LibraryImport(Name)]
    internal static partial void rocksdb_cache_destroy(nint cache);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_readoptions_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_destroy(nint options);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_verify_checksums(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_fill_cache(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_prefix_same_as_start(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_total_order_seek(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_snapshot(NativeHandle options, NativeHandle snapshot);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_iterate_lower_bound(
        NativeHandle options, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_readoptions_set_iterate_upper_bound(
        NativeHandle options, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_writeoptions_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_writeoptions_destroy(nint options);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writeoptions_set_sync(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writeoptions_disable_WAL(NativeHandle options, int disable);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_flushoptions_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_flushoptions_destroy(nint options);

    [LibraryImport(Name)]
    internal static partial void rocksdb_flushoptions_set_wait(
        NativeHandle options, [MarshalAs(UnmanagedType.U1)] bool value);
}
