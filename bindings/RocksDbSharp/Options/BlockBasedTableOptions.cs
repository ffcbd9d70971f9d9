using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>Block size, cache and filter of the files of a column family.</summary>
public class BlockBasedTableOptions
{
    private Cache? _cache;

    /// <summary>Makes options with RocksDB's defaults.</summary>
    public BlockBasedTableOptions()
    {
        RocksDbLibrary.EnsureReady();
        Native = new NativeHandle(
            RocksDbNative.rocksdb_block_based_options_create(),
            static (_, options) => RocksDbNative.rocksdb_block_based_options_destroy(options),
            needed: null);
    }

    internal NativeHandle Native { get; }

    /// <summary>The size of a block in bytes before compression; 4 KiB by default.</summary>
    public BlockBasedTableOptions SetBlockSize(ulong blockSize)
    {
        RocksDbNative.rocksdb_block_based_options_set_block_size(Native, checked((nuint)blockSize));
        return this;
    }

    /// <summary>The filter that spares reads of files without the key.</summary>
    public BlockBasedTableOptions SetFilterPolicy(BloomFilterPolicy filterPolicy)
    {
        ArgumentNullException.ThrowIfNull(filterPolicy);

        // The table options own what they are given, so each gets a native policy of its own.
        nint policy = RocksDbNative.rocksdb_filterpolicy_create_bloom_full(filterPolicy.BitsPerKey);
        RocksDbNative.rocksdb_block_based_options_set_filter_policy(Native, policy);
        return this;
    }

    /// <summary>The cache of uncompressed blocks, which several column families may share.</summary>
    public BlockBasedTableOptions SetBlockCache(Cache blockCache)
    {
        ArgumentNullException.ThrowIfNull(blockCache);
        RocksDbNative.rocksdb_block_based_options_set_block_cache(Native, blockCache.Native);
        _cache = blockCache;
        return this;
    }

    /// <summary>Whether index and filter blocks are held in the cache and so counted in its size.</summary>
    public BlockBasedTableOptions SetCacheIndexAndFilterBlocks(bool cacheIndexAndFilterBlocks)
    {
        RocksDbNative.rocksdb_block_based_options_set_cache_index_and_filter_blocks(Native, cacheIndexAndFilterBlocks);
        return this;
    }
}
