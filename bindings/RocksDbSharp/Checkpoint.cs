using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>Makes copies of an open database that open as databases of their own.</summary>
public class Checkpoint : IDisposable
{
    private readonly NativeHandle _native;

    internal unsafe Checkpoint(NativeHandle database)
    {
        nint error = nint.Zero;
        nint checkpoint = RocksDbNative.rocksdb_checkpoint_object_create(database, &error);
        NativeError.ThrowIfSet(error);
        _native = new NativeHandle(
            checkpoint,
            static (_, handle) => RocksDbNative.rocksdb_checkpoint_object_destroy(handle),
            needed: null,
            database);
    }

    /// <summary>Writes the copy; on the same file system its data files are hard links.</summary>
    /// <param name="checkpointDir">A folder that does not exist yet; its parent does.</param>
    /// <param name="logSizeForFlush">The size of the log at which the data is flushed first; 0 is always.</param>
    /// <exception cref="RocksDbException">The folder exists or cannot be written.</exception>
    public unsafe void Save(string checkpointDir, ulong logSizeForFlush = 0)
    {
        nint error = nint.Zero;
        RocksDbNative.rocksdb_checkpoint_create(_native, checkpointDir, logSizeForFlush, &error);
        NativeError.ThrowIfSet(error);
    }

    /// <summary>Gives the object back; copies that were made stay.</summary>
    public void Dispose()
    {
        _native.Dispose();
        GC.SuppressFinalize(this);
    }
}
