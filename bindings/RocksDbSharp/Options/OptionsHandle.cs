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

    /// <summary>The pointer, for functions of <see cref="RocksDbSharp.Native"/>; the caller keeps this alive.</summary>
    public nint Handle => Native.Pointer;

    internal NativeHandle Native { get; }
}
