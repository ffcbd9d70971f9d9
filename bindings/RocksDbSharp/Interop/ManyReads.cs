using System.Buffers;

namespace RocksDbSharp.Interop;

/// <summary>Reads of many keys: RocksDB sorts them, and asks each table for 32 of them at a time.</summary>
internal static unsafe class ManyReads
{
    /// <summary>RocksDB holds some 300 bytes for each key of a call until it returns.</summary>
    private const int KeysMax = 1024;

    internal static KeyValuePair<byte[], byte[]?>[] Of(
        NativeHandle database, byte[][] keys, Func<int, NativeHandle> familyOf, NativeHandle options)
    {
        KeyValuePair<byte[], byte[]?>[] found = new KeyValuePair<byte[], byte[]?>[keys.Length];
        for (int from = 0; from < keys.Length;)
        {
            NativeHandle family = familyOf(from);
            int to = from + 1;
            while (to < keys.Length && to - from < KeysMax && ReferenceEquals(familyOf(to), family))
            {
                to++;
            }

            Read(database, options, family, keys.AsSpan(from..to), found.AsSpan(from..to));
            from = to;
        }

        return found;
    }

    private static void Read(
        NativeHandle database,
        NativeHandle options,
        NativeHandle family,
        ReadOnlySpan<byte[]> keys,
        Span<KeyValuePair<byte[], byte[]?>> found)
    {
        byte** starts = stackalloc byte*[keys.Length];
        nuint* lengths = stackalloc nuint[keys.Length];
        nint* slices = stackalloc nint[keys.Length];
        nint* errors = stackalloc nint[keys.Length];
        byte[] rented = ArrayPool<byte>.Shared.Rent(Length(keys));
        fixed (byte* bytes = rented)
        {
            int at = 0;
            for (int place = 0; place < keys.Length; place++)
            {
                keys[place].CopyTo(rented.AsSpan(at));
                starts[place] = bytes + at;
                lengths[place] = (nuint)keys[place].Length;
                slices[place] = nint.Zero;
                errors[place] = nint.Zero;
                at += keys[place].Length;
            }

            RocksDbNative.rocksdb_batched_multi_get_cf(
                database, options, family, (nuint)keys.Length, starts, lengths, slices, errors, areSorted: false);
        }

        ArrayPool<byte>.Shared.Return(rented);
        RocksDbException? failure = null;
        for (int place = 0; place < keys.Length; place++)
        {
            found[place] = new KeyValuePair<byte[], byte[]?>(keys[place], Take(slices[place]));
            failure = errors[place] == nint.Zero ? failure : new RocksDbException(errors[place]);
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    private static int Length(ReadOnlySpan<byte[]> keys)
    {
        int length = 1;
        foreach (byte[] key in keys)
        {
            length = checked(length + key.Length);
        }

        return length;
    }

    private static byte[]? Take(nint slice)
    {
        if (slice == nint.Zero)
        {
            return null;
        }

        nuint length;
        byte* value = RocksDbNative.rocksdb_pinnableslice_value(slice, &length);
        byte[] copy = new ReadOnlySpan<byte>(value, checked((int)length)).ToArray();
        RocksDbNative.rocksdb_pinnableslice_destroy(slice);
        return copy;
    }
}
