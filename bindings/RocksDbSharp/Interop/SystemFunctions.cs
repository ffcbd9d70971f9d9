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

    public override nint rocksdb_ratelimiter_create(long rate_bytes_per_sec, long refill_period_us, int fairness) =>
        RocksDbNative.rocksdb_ratelimiter_create(rate_bytes_per_sec, refill_period_us, fairness);

    public override void rocksdb_options_set_ratelimiter(nint opt, nint limiter) =>
        RocksDbNative.rocksdb_options_set_ratelimiter(opt, limiter);

    public override void rocksdb_ratelimiter_destroy(nint ratelimiter) =>
        RocksDbNative.rocksdb_ratelimiter_destroy(ratelimiter);
}
