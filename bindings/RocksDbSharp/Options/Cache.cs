using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>A cache of blocks.</summary>
public class Cache
{
    private Cache(nint handle) =>
        Native = new NativeHandle(
            handle, static (_, cache) => RocksDbNative.rocksdb_cache_destroy(cache), needed: null);

    internal NativeHandle Native { get; }

    /// <summary>Makes a cache that evicts what was used least recently.</summary>
    /// <param name="capacity">The size in bytes.</param>
    public static Cache CreateLru(ulong capacity)
    {
        RocksDbLibrary.EnsureReady();
        return new Cache(RocksDbNative.rocksdb_cache_create_lru(checked((nuint)capacity)));
    }
}
