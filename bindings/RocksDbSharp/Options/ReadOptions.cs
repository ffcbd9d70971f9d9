using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>How reads are made, and what part of the keys an iterator sees.</summary>
public class ReadOptions
{
    // RocksDB keeps pointers to the bounds and iterators follow them, so each is pinned as long as these options live.
    private readonly List<byte[]> _bounds = [];
    private readonly NativeHandle _native;
    private Snapshot? _snapshot;

    /// <summary>Makes options with RocksDB's defaults.</summary>
    public ReadOptions()
    {
        RocksDbLibrary.EnsureReady();
        _native = new NativeHandle(
            RocksDbNative.rocksdb_readoptions_create(),
            static (_, options) => RocksDbNative.rocksdb_readoptions_destroy(options),
            needed: _bounds);
    }

    /// <summary>The handle, for a read that begins now.</summary>
    /// <exception cref="ObjectDisposedException">The snapshot to read from was disposed of.</exception>
    internal NativeHandle Native
    {
        get
        {
            ObjectDisposedException.ThrowIf(_snapshot is { Native.IsClosed: true }, typeof(Snapshot));
            return _native;
        }
    }

    /// <summary>The snapshot that an iterator has to hold, or null.</summary>
    internal NativeHandle? SnapshotHandle => _snapshot?.Native;

    /// <summary>Whether blocks are checked against their checksums when they are read; true by default.</summary>
    public ReadOptions SetVerifyChecksums(bool value)
    {
        RocksDbNative.rocksdb_readoptions_set_verify_checksums(_native, value);
        return this;
    }

    /// <summary>Whether what is read is put into the block cache; true by default.</summary>
    public ReadOptions SetFillCache(bool value)
    {
        RocksDbNative.rocksdb_readoptions_set_fill_cache(_native, value);
        return this;
    }

    /// <summary>Reads what the database held when the snapshot was made.</summary>
    public ReadOptions SetSnapshot(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        RocksDbNative.rocksdb_readoptions_set_snapshot(_native, snapshot.Native);
        _snapshot = snapshot;
        return this;
    }

    /// <summary>Whether an iterator stays within the prefix it sought, if the column family has an extractor.</summary>
    public ReadOptions SetPrefixSameAsStart(bool prefixSameAsStart)
    {
        RocksDbNative.rocksdb_readoptions_set_prefix_same_as_start(_native, prefixSameAsStart);
        return this;
    }

    /// <summary>The smallest key that an iterator sees.</summary>
    public unsafe ReadOptions SetIterateLowerBound(byte[] key)
    {
        byte[] bound = Pin(key);
        fixed (byte* pointer = bound)
        {
            RocksDbNative.rocksdb_readoptions_set_iterate_lower_bound(_native, pointer, (nuint)key.Length);
        }

        return this;
    }

    /// <summary>The key before which an iterator ends.</summary>
    public unsafe ReadOptions SetIterateUpperBound(byte[] key)
    {
        byte[] bound = Pin(key);
        fixed (byte* pointer = bound)
        {
            RocksDbNative.rocksdb_readoptions_set_iterate_upper_bound(_native, pointer, (nuint)key.Length);
        }

        return this;
    }

    /// <summary>Whether an iterator ignores the prefix index and sees all keys in order.</summary>
    public ReadOptions SetTotalOrderSeek(bool enable)
    {
        RocksDbNative.rocksdb_readoptions_set_total_order_seek(_native, enable);
        return this;
    }

    private byte[] Pin(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);

        // One byte more than the key: RocksDB takes a null pointer, which an empty array gives, for "no bound".
        byte[] bound = GC.AllocateUninitializedArray<byte>(key.Length + 1, pinned: true);
        key.CopyTo(bound, 0);
        _bounds.Add(bound);
        return bound;
    }
}
