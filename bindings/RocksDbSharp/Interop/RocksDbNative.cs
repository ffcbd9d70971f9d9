using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>
/// RocksDB's C API: databases, column families, snapshots and checkpoints. Every <c>error</c> points to zero before.
/// </summary>
internal static unsafe partial class RocksDbNative
{
    /// <summary>The name that the resolver of <see cref="RocksDbLibrary"/> answers to.</summary>
    internal const string Name = "rocksdb";

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rocksdb_open_column_families(
        NativeHandle options, string path, int count, nint* names, nint* familyOptions, nint* handles, nint* error);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rocksdb_open_for_read_only_column_families(
        NativeHandle options, string path, int count, nint* names, nint* familyOptions, nint* handles,
        [MarshalAs(UnmanagedType.U1)] bool errorIfWalExists, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_close(nint database);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rocksdb_list_column_families(
        NativeHandle options, string path, nuint* count, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_list_column_families_destroy(nint list, nuint count);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rocksdb_create_column_family(
        NativeHandle database, NativeHandle options, string name, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_drop_column_family(NativeHandle database, NativeHandle family, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_column_family_handle_destroy(nint family);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint rocksdb_property_value_cf(NativeHandle database, NativeHandle family, string name);

    [LibraryImport(Name)]
    internal static partial void rocksdb_compact_range_cf(
        NativeHandle database, NativeHandle family, byte* start, nuint startLength, byte* limit, nuint limitLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_flush(NativeHandle database, NativeHandle options, nint* error);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_create_snapshot(NativeHandle database);

    [LibraryImport(Name)]
    internal static partial void rocksdb_release_snapshot(nint database, nint snapshot);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_checkpoint_object_create(NativeHandle database, nint* error);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void rocksdb_checkpoint_create(
        NativeHandle checkpoint, string path, ulong walBytesForFlush, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_checkpoint_object_destroy(nint checkpoint);

    [LibraryImport(Name)]
    internal static partial void rocksdb_free(nint memory);
}
