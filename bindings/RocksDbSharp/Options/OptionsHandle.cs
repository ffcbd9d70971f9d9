using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>Options of a database or of a column family.</summary>
public abstract class OptionsHandle
{
    private protected OptionsHandle()
    {
        RocksDbLibrary.EnsureReady();
        Native = new NativeHandle(
            RocksDbNative.rocksdb_options_create(),
            static (_, options) => RocksDbNative.rocksdb_options_destroy(options),
            needed: null);
    }

    internal NativeHandle Native { get; }
}
