using System.Runtime.InteropServices;

namespace RocksDbSharp.Interop;

/// <summary>RocksDB's C API: reads, writes, batches and iterators. Every <c>error</c> points to zero before.</summary>
internal static unsafe partial class RocksDbNative
{
    [LibraryImport(Name)]
    internal static partial void rocksdb_put_cf(
        NativeHandle database, NativeHandle options, NativeHandle family, byte* key, nuint keyLength, byte* value,
        nuint valueLength, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_delete_cf(
        NativeHandle database, NativeHandle options, NativeHandle family, byte* key, nuint keyLength, nint* error);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_get_pinned_cf(
        NativeHandle database, NativeHandle options, NativeHandle family, byte* key, nuint keyLength, nint* error);

    [LibraryImport(Name)]
    internal static partial void rocksdb_batched_multi_get_cf(
        NativeHandle database, NativeHandle options, NativeHandle family, nuint count, byte** keys, nuint* keyLengths,
        nint* slices, nint* errors, [MarshalAs(UnmanagedType.U1)] bool areSorted);

    [LibraryImport(Name)]
    internal static partial byte* rocksdb_pinnableslice_value(nint slice, nuint* length);

    [LibraryImport(Name)]
    internal static partial void rocksdb_pinnableslice_destroy(nint slice);

    [LibraryImport(Name)]
    internal static partial void rocksdb_write(
        NativeHandle database, NativeHandle options, NativeHandle batch, nint* error);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_writebatch_create();

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_destroy(nint batch);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_clear(NativeHandle batch);

    [LibraryImport(Name)]
    internal static partial int rocksdb_writebatch_count(NativeHandle batch);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_put(
        NativeHandle batch, byte* key, nuint keyLength, byte* value, nuint valueLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_put_cf(
        NativeHandle batch, NativeHandle family, byte* key, nuint keyLength, byte* value, nuint valueLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_delete(NativeHandle batch, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_writebatch_delete_cf(
        NativeHandle batch, NativeHandle family, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial nint rocksdb_create_iterator_cf(
        NativeHandle database, NativeHandle options, NativeHandle family);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_destroy(nint iterator);

    [LibraryImport(Name)]
    internal static partial byte rocksdb_iter_valid(NativeHandle iterator);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_seek_to_first(NativeHandle iterator);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_seek_to_last(NativeHandle iterator);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_seek(NativeHandle iterator, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_seek_for_prev(NativeHandle iterator, byte* key, nuint keyLength);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_next(NativeHandle iterator);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_prev(NativeHandle iterator);

    [LibraryImport(Name)]
    internal static partial byte* rocksdb_iter_key(NativeHandle iterator, nuint* length);

    [LibraryImport(Name)]
    internal static partial byte* rocksdb_iter_value(NativeHandle iterator, nuint* length);

    [LibraryImport(Name)]
    internal static partial void rocksdb_iter_get_error(NativeHandle iterator, nint* error);
}
