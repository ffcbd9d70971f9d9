using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>How a write is made durable.</summary>
public class WriteOptions
{
    /// <summary>Makes options with RocksDB's defaults: logged, not synced.</summary>
    public WriteOptions()
    {
        RocksDbLibrary.EnsureReady();
        Native = new NativeHandle(
            RocksDbNative.rocksdb_writeoptions_create(),
            static (_, options) => RocksDbNative.rocksdb_writeoptions_destroy(options),
            needed: null);
    }

    internal NativeHandle Native { get; }

    /// <summary>Whether the write returns only when the write-ahead log is on the disk.</summary>
    public WriteOptions SetSync(bool value)
    {
        RocksDbNative.rocksdb_writeoptions_set_sync(Native, value);
        return this;
    }

    /// <summary>With 1 the write passes by the write-ahead log, and a crash loses what is not flushed.</summary>
    public WriteOptions DisableWal(int disable)
    {
        RocksDbNative.rocksdb_writeoptions_disable_WAL(Native, disable);
        return this;
    }
}
