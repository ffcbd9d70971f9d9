using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>The only column family handle that there is.</summary>
internal sealed class ColumnFamily : ColumnFamilyHandle
{
    internal ColumnFamily(nint handle, NativeHandle database) =>
        Native = new NativeHandle(
            handle,
            static (_, family) => RocksDbNative.rocksdb_column_family_handle_destroy(family),
            needed: null,
            database);

    public IntPtr Handle => Native.Pointer;

    internal NativeHandle Native { get; }

    /// <exception cref="ArgumentException">The handle is not one that a database gave.</exception>
    internal static NativeHandle HandleOf(ColumnFamilyHandle family) => family is ColumnFamily own
        ? own.Native
        : throw new ArgumentException("The handle is not one that a database gave.", nameof(family));
}
