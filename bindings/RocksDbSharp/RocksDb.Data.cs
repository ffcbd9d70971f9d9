using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <content>Reads, writes and iterators.</content>
public sealed unsafe partial class RocksDb
{
    private static ReadOptions? s_defaultReadOptions;
    private static WriteOptions? s_defaultWriteOptions;

    private static ReadOptions DefaultReadOptions => LazyInitializer.EnsureInitialized(ref s_defaultReadOptions);

    private static WriteOptions DefaultWriteOptions => LazyInitializer.EnsureInitialized(ref s_defaultWriteOptions);

    /// <summary>A copy of the value of a key; null if there is no such key.</summary>
    /// <exception cref="RocksDbException">The read failed.</exception>
    public byte[]? Get(byte[] key, ColumnFamilyHandle? cf = null, ReadOptions? readOptions = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Get(key.AsSpan(), cf, readOptions);
    }

    /// <summary>A copy of the value of a key; null if there is no such key.</summary>
    /// <exception cref="RocksDbException">The read failed.</exception>
    public byte[]? Get(ReadOnlySpan<byte> key, ColumnFamilyHandle? cf = null, ReadOptions? readOptions = null)
    {
        nint slice = GetPinned(key, cf, readOptions);
        if (slice == nint.Zero)
        {
            return null;
        }

        try
        {
            nuint length;
            byte* value = RocksDbNative.rocksdb_pinnableslice_value(slice, &length);
            return new ReadOnlySpan<byte>(value, checked((int)length)).ToArray();
        }
        finally
        {
            RocksDbNative.rocksdb_pinnableslice_destroy(slice);
        }
    }

    /// <summary>Keys with copies of their values, in the order of the keys; null stands where there is none.</summary>
    /// <param name="keys">The keys, in any order.</param>
    /// <param name="cf">The column family of each key; by default all are in the default one.</param>
    /// <param name="readOptions">How it is read.</param>
    /// <exception cref="RocksDbException">One of the reads failed.</exception>
    public KeyValuePair<byte[], byte[]?>[] MultiGet(
        byte[][] keys, ColumnFamilyHandle[]? cf = null, ReadOptions? readOptions = null)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (cf is not null && cf.Length != keys.Length)
        {
            throw new ArgumentException("There is one column family for each key.", nameof(cf));
        }

        return ManyReads.Of(_native, keys, place => HandleOf(cf?[place]), (readOptions ?? DefaultReadOptions).Native);
    }

    /// <summary>Whether there is such a key.</summary>
    /// <exception cref="RocksDbException">The read failed.</exception>
    public bool HasKey(ReadOnlySpan<byte> key, ColumnFamilyHandle? cf = null, ReadOptions? readOptions = null)
    {
        nint slice = GetPinned(key, cf, readOptions);
        if (slice != nint.Zero)
        {
            RocksDbNative.rocksdb_pinnableslice_destroy(slice);
        }

        return slice != nint.Zero;
    }

    /// <summary>Sets the value of a key.</summary>
    /// <exception cref="RocksDbException">The write failed.</exception>
    public void Put(byte[] key, byte[] value, ColumnFamilyHandle? cf = null, WriteOptions? writeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        Put(key.AsSpan(), value.AsSpan(), cf, writeOptions);
    }

    /// <summary>Sets the value of a key.</summary>
    /// <exception cref="RocksDbException">The write failed.</exception>
    public void Put(
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> value,
        ColumnFamilyHandle? cf = null,
        WriteOptions? writeOptions = null)
    {
        nint error = nint.Zero;
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            RocksDbNative.rocksdb_put_cf(
                _native, (writeOptions ?? DefaultWriteOptions).Native, HandleOf(cf),
                keyBytes, (nuint)key.Length, valueBytes, (nuint)value.Length, &error);
        }

        NativeError.ThrowIfSet(error);
    }

    /// <summary>Removes a key; one that is not there is no error.</summary>
    /// <exception cref="RocksDbException">The write failed.</exception>
    public void Remove(byte[] key, ColumnFamilyHandle? cf = null, WriteOptions? writeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        Remove(key.AsSpan(), cf, writeOptions);
    }

    /// <summary>Removes a key; one that is not there is no error.</summary>
    /// <exception cref="RocksDbException">The write failed.</exception>
    public void Remove(ReadOnlySpan<byte> key, ColumnFamilyHandle? cf = null, WriteOptions? writeOptions = null)
    {
        nint error = nint.Zero;
        fixed (byte* keyBytes = key)
        {
            RocksDbNative.rocksdb_delete_cf(
                _native, (writeOptions ?? DefaultWriteOptions).Native, HandleOf(cf),
                keyBytes, (nuint)key.Length, &error);
        }

        NativeError.ThrowIfSet(error);
    }

    /// <summary>Makes all changes of the batch, or none.</summary>
    /// <exception cref="RocksDbException">The write failed.</exception>
    public void Write(WriteBatch writeBatch, WriteOptions? writeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(writeBatch);
        nint error = nint.Zero;
        RocksDbNative.rocksdb_write(
            _native, (writeOptions ?? DefaultWriteOptions).Native, writeBatch.Native, &error);
        NativeError.ThrowIfSet(error);
    }

    /// <summary>An iterator over a column family; it stands on no key until it is moved.</summary>
    public Iterator NewIterator(ColumnFamilyHandle? cf = null, ReadOptions? readOptions = null) =>
        new(_native, HandleOf(cf), readOptions ?? DefaultReadOptions);

    // A pinned slice spares a copy of the value, and all of it when only its presence is asked for.
    private nint GetPinned(ReadOnlySpan<byte> key, ColumnFamilyHandle? cf, ReadOptions? readOptions)
    {
        nint error = nint.Zero;
        nint slice;
        fixed (byte* keyBytes = key)
        {
            slice = RocksDbNative.rocksdb_get_pinned_cf(
                _native, (readOptions ?? DefaultReadOptions).Native, HandleOf(cf),
                keyBytes, (nuint)key.Length, &error);
        }

        NativeError.ThrowIfSet(error);
        return slice;
    }
}
