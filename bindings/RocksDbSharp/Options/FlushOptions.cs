using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>How a flush is made.</summary>
public class FlushOptions
{
    /// <summary>Makes options with RocksDB's defaults: the flush is waited for.</summary>
    public FlushOptions()
    {
        RocksDbLibrary.EnsureReady();
        Native = new NativeHandle(
            RocksDbNative.rocksdb_flushoptions_create(),
            static (_, options) => RocksDbNative.rocksdb_flushoptions_destroy(options),
            needed: null);
    }

    internal NativeHandle Native { get; }

    /// <summary>Whether the call returns only when the data is in a file.</summary>
    public FlushOptions SetWaitForFlush(bool waitForFlush)
    {
        RocksDbNative.rocksdb_flushoptions_set_wait(Native, waitForFlush);
        return this;
    }
}
