namespace RocksDbSharp.Interop;

/// <summary>The functions of the system's library.</summary>
internal sealed class SystemFunctions : Native
{
    internal SystemFunctions()
    {
        RocksDbLibrary.EnsureReady();
    }

    public override void rocksdb_options_set_enable_blob_files(nint opt, byte val) =>
        RocksDbNative.rocksdb_options_set_enable_blob_files(opt, val);

    public override void rocksdb_options_set_min_blob_size(nint opt, ulong val) =>
        RocksDbNative.rocksdb_options_set_min_blob_size(opt, val);

    public override void rocksdb_block_based_options_set_partition_filters(nint options, byte value) =>
        RocksDbNative.rocksdb_block_based_options_set_partition_filters(options, value);

    public override void rocksdb_block_based_options_set_metadata_block_size(nint options, ulong value) =>
        RocksDbNative.rocksdb_block_based_options_set_metadata_block_size(options, value);

    public override unsafe void rocksdb_get_options_from_string(nint base_options, nint opts_str, nint new_options)
    {
        nint error = nint.Zero;
        RocksDbNative.rocksdb_get_options_from_string(base_options, opts_str, new_options, &error);
        NativeError.ThrowIfSet(error);
    }

    public override nint rocksdb_universal_compaction_options_create() =>
        RocksDbNative.rocksdb_universal_compaction_options_create();

    public override void rocksdb_universal_compaction_options_set_size_ratio(
        nint universal_compaction_options, int size_ratio) =>
        RocksDbNative.rocksdb_universal_compaction_options_set_size_ratio(universal_compaction_options, size_ratio);

    public override void rocksdb_universal_compaction_options_set_max_size_amplification_percent(
        nint universal_compaction_options, int max_size_amplification_percent) =>
        RocksDbNative.rocksdb_universal_compaction_options_set_max_size_amplification_percent(
            universal_compaction_options, max_size_amplification_percent);

    public override void rocksdb_universal_compaction_options_destroy(nint universal_compaction_options) =>
        RocksDbNative.rocksdb_universal_compaction_options_destroy(universal_compaction_options);
}
