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

    /// <summary>The pointer, for functions of <see cref="RocksDbSharp.Native"/>; the caller keeps this alive.</summary>
    public nint Handle => Native.Pointer;

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

    /// <summary>Whether index and filter blocks of the first level's files stay in the cache.</summary>
    public BlockBasedTableOptions SetPinL0FilterAndIndexBlocksInCache(bool pinL0FilterAndIndexBlocksInCache)
    {
        RocksDbNative.rocksdb_block_based_options_set_pin_l0_filter_and_index_blocks_in_cache(
            Native, pinL0FilterAndIndexBlocksInCache);
        return this;
    }

    /// <summary>How a file finds the block of a key; by one block of keys by default.</summary>
    public BlockBasedTableOptions SetIndexType(BlockBasedTableIndexType indexType)
    {
        RocksDbNative.rocksdb_block_based_options_set_index_type(Native, (int)indexType);
        return this;
    }
}
