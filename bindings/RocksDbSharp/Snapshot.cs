using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>The content of the database at one moment, to be read with <see cref="ReadOptions.SetSnapshot"/>.</summary>
public class Snapshot : IDisposable
{
    internal Snapshot(NativeHandle database) =>
        Native = new NativeHandle(
            RocksDbNative.rocksdb_create_snapshot(database),
            RocksDbNative.rocksdb_release_snapshot,
            needed: null,
            database);

    internal NativeHandle Native { get; }

    /// <summary>Lets the database drop what only this snapshot still saw.</summary>
    public void Dispose()
    {
        Native.Dispose();
        GC.SuppressFinalize(this);
    }
}
