using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>Changes that the database makes all at once or not at all, in the order of the calls.</summary>
public unsafe class WriteBatch : IDisposable
{
    /// <summary>Makes an empty batch.</summary>
    public WriteBatch()
    {
        RocksDbLibrary.EnsureReady();
        Native = new NativeHandle(
            RocksDbNative.rocksdb_writebatch_create(),
            static (_, batch) => RocksDbNative.rocksdb_writebatch_destroy(batch),
            needed: null);
    }

    internal NativeHandle Native { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        Native.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes all changes.</summary>
    public WriteBatch Clear()
    {
        RocksDbNative.rocksdb_writebatch_clear(Native);
        return this;
    }

    /// <summary>The number of changes.</summary>
    public int Count() => RocksDbNative.rocksdb_writebatch_count(Native);

    /// <summary>Sets the value of a key.</summary>
    public WriteBatch Put(byte[] key, byte[] val, ColumnFamilyHandle? cf = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(val);
        return Put(key.AsSpan(), val.AsSpan(), cf);
    }

    /// <summary>Sets the value of a key.</summary>
    public WriteBatch Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ColumnFamilyHandle? cf = null)
    {
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            if (cf is null)
            {
                RocksDbNative.rocksdb_writebatch_put(
                    Native, keyBytes, (nuint)key.Length, valueBytes, (nuint)value.Length);
            }
            else
            {
                RocksDbNative.rocksdb_writebatch_put_cf(
                    Native, ColumnFamily.HandleOf(cf), keyBytes, (nuint)key.Length, valueBytes, (nuint)value.Length);
            }
        }

        return this;
    }

    /// <summary>Removes a key; one that is not there is no error.</summary>
    public WriteBatch Delete(byte[] key, ColumnFamilyHandle? cf = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Delete(key.AsSpan(), cf);
    }

    /// <summary>Removes a key; one that is not there is no error.</summary>
    public WriteBatch Delete(ReadOnlySpan<byte> key, ColumnFamilyHandle? cf = null)
    {
        fixed (byte* keyBytes = key)
        {
            if (cf is null)
            {
                RocksDbNative.rocksdb_writebatch_delete(Native, keyBytes, (nuint)key.Length);
            }
            else
            {
                RocksDbNative.rocksdb_writebatch_delete_cf(
                    Native, ColumnFamily.HandleOf(cf), keyBytes, (nuint)key.Length);
            }
        }

        return this;
    }
}
