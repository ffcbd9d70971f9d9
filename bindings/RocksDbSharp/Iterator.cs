using RocksDbSharp.Interop;

namespace RocksDbSharp;

/// <summary>
/// Moves over the keys of a column family in order. It sees the database as it was when the iterator was made.
/// </summary>
public unsafe class Iterator : IDisposable
{
    private readonly NativeHandle _native;
    private bool _isValid;

    internal Iterator(NativeHandle database, NativeHandle family, ReadOptions readOptions)
    {
        NativeHandle options = readOptions.Native;
        nint iterator = RocksDbNative.rocksdb_create_iterator_cf(database, options, family);
        NativeHandle[] owners = readOptions.SnapshotHandle is { } snapshot
            ? [database, family, options, snapshot]
            : [database, family, options];
        _native = new NativeHandle(
            iterator, static (_, handle) => RocksDbNative.rocksdb_iter_destroy(handle), readOptions, owners);
    }

    /// <summary>Gives the iterator back, and with it every span of a key or value.</summary>
    public void Dispose()
    {
        _native.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Whether the iterator stands on a key; false past either end.</summary>
    /// <exception cref="RocksDbException">It stands on none because a read failed.</exception>
    public bool Valid()
    {
        ObjectDisposedException.ThrowIf(_native.IsClosed, this);
        if (!_isValid)
        {
            nint error = nint.Zero;
            RocksDbNative.rocksdb_iter_get_error(_native, &error);
            NativeError.ThrowIfSet(error);
        }

        return _isValid;
    }

    /// <summary>Moves to the first key.</summary>
    public Iterator SeekToFirst()
    {
        RocksDbNative.rocksdb_iter_seek_to_first(_native);
        return Moved();
    }

    /// <summary>Moves to the last key.</summary>
    public Iterator SeekToLast()
    {
        RocksDbNative.rocksdb_iter_seek_to_last(_native);
        return Moved();
    }

    /// <summary>Moves to the first key that is not less.</summary>
    public Iterator Seek(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Seek(key.AsSpan());
    }

    /// <summary>Moves to the first key that is not less.</summary>
    public Iterator Seek(ReadOnlySpan<byte> key)
    {
        fixed (byte* bytes = key)
        {
            RocksDbNative.rocksdb_iter_seek(_native, bytes, (nuint)key.Length);
        }

        return Moved();
    }

    /// <summary>Moves to the last key that is not greater.</summary>
    public Iterator SeekForPrev(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SeekForPrev(key.AsSpan());
    }

    /// <summary>Moves to the last key that is not greater.</summary>
    public Iterator SeekForPrev(ReadOnlySpan<byte> key)
    {
        fixed (byte* bytes = key)
        {
            RocksDbNative.rocksdb_iter_seek_for_prev(_native, bytes, (nuint)key.Length);
        }

        return Moved();
    }

    /// <summary>Moves to the next key.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public Iterator Next()
    {
        CheckValid();
        RocksDbNative.rocksdb_iter_next(_native);
        return Moved();
    }

    /// <summary>Moves to the key before.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public Iterator Prev()
    {
        CheckValid();
        RocksDbNative.rocksdb_iter_prev(_native);
        return Moved();
    }

    /// <summary>A copy of the key.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public byte[] Key() => GetKeySpan().ToArray();

    /// <summary>A copy of the value.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public byte[] Value() => GetValueSpan().ToArray();

    /// <summary>The key, in memory of RocksDB: only until the iterator moves or is disposed of.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public ReadOnlySpan<byte> GetKeySpan()
    {
        CheckValid();
        nuint length;
        byte* key = RocksDbNative.rocksdb_iter_key(_native, &length);
        return new ReadOnlySpan<byte>(key, checked((int)length));
    }

    /// <summary>The value, in memory of RocksDB: only until the iterator moves or is disposed of.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands on no key.</exception>
    public ReadOnlySpan<byte> GetValueSpan()
    {
        CheckValid();
        nuint length;
        byte* value = RocksDbNative.rocksdb_iter_value(_native, &length);
        return new ReadOnlySpan<byte>(value, checked((int)length));
    }

    private Iterator Moved()
    {
        _isValid = RocksDbNative.rocksdb_iter_valid(_native) != 0;
        return this;
    }

    // RocksDB does not check this in a release build and would read where there is nothing.
    private void CheckValid()
    {
        if (!Valid())
        {
            throw new InvalidOperationException("The iterator stands on no key.");
        }
    }
}
