using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Ledger.Primitives;

namespace Ledger.Node.Storage;

/// <summary>
/// How many batches were written, and for each of the <see cref="SealedColumns"/> the exclusive or of the hashes of its
/// entries. It changes in the batch that changes the entries, so an entry that is lost, changed or put back is seen at
/// the next start. It guards against a disk that forgets, not against an owner who forges.
/// </summary>
public sealed class StoreSeal
{
    private const byte FormatVersion = 1;
    private static readonly int Bytes = 1 + sizeof(ulong) + ((SealedColumns.All.Count + 1) * Hash256.Size);
    private readonly byte[][] digests;

    private StoreSeal(ulong sequence, byte[][] digests)
    {
        Sequence = sequence;
        this.digests = digests;
    }

    /// <summary>The seal of an empty store.</summary>
    public static StoreSeal Empty { get; } =
        new(0, [.. SealedColumns.All.Select(_ => new byte[SHA256.HashSizeInBytes])]);

    /// <summary>How many batches were written.</summary>
    public ulong Sequence { get; }

    /// <summary>Reads a seal; false when any bit of it is damaged.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out StoreSeal? seal)
    {
        seal = null;
        if (bytes.Length != Bytes
            || bytes[0] != FormatVersion
            || !SHA256.HashData(bytes[..^Hash256.Size]).AsSpan().SequenceEqual(bytes[^Hash256.Size..]))
        {
            return false;
        }

        byte[][] digests = new byte[SealedColumns.All.Count][];
        for (int column = 0; column < digests.Length; column++)
        {
            digests[column] = bytes.Slice(1 + sizeof(ulong) + (column * Hash256.Size), Hash256.Size).ToArray();
        }

        seal = new StoreSeal(BinaryPrimitives.ReadUInt64BigEndian(bytes[1..]), digests);
        return true;
    }

    /// <summary>The bytes to store, with their checksum.</summary>
    public byte[] Encode()
    {
        byte[] bytes = new byte[Bytes];
        bytes[0] = FormatVersion;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), Sequence);
        for (int column = 0; column < digests.Length; column++)
        {
            digests[column].CopyTo(bytes, 1 + sizeof(ulong) + (column * Hash256.Size));
        }

        SHA256.HashData(bytes.AsSpan(0, Bytes - Hash256.Size), bytes.AsSpan(Bytes - Hash256.Size));
        return bytes;
    }

    /// <summary>What an entry adds to its column's digest.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        int length = sizeof(int) + key.Length + value.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> entry = rented.AsSpan(0, length);
        BinaryPrimitives.WriteInt32BigEndian(entry, key.Length);
        key.CopyTo(entry[sizeof(int)..]);
        value.CopyTo(entry[(sizeof(int) + key.Length)..]);
        Span<byte> hash = stackalloc byte[Hash256.Size];
        SHA256.HashData(entry, hash);
        ArrayPool<byte>.Shared.Return(rented);
        return new Hash256(hash);
    }

    /// <summary>
    /// The seal after one more batch. Each change bears the hash of the entry before it and after it, null for none.
    /// </summary>
    public StoreSeal With(IEnumerable<(int Column, Hash256? Before, Hash256? After)> changes)
    {
        byte[][] next = [.. digests.Select(static digest => (byte[])digest.Clone())];
        foreach ((int column, Hash256? before, Hash256? after) in changes)
        {
            Toggle(next[column], before);
            Toggle(next[column], after);
        }

        return new StoreSeal(Sequence + 1, next);
    }

    /// <summary>The same entries, as after that many batches.</summary>
    public StoreSeal After(ulong sequence) => new(sequence, digests);

    /// <summary>Whether a column holds exactly the entries that were sealed, by their hashes.</summary>
    public bool Holds(int column, IEnumerable<Hash256> entries)
    {
        byte[] digest = new byte[Hash256.Size];
        foreach (Hash256 entry in entries)
        {
            Toggle(digest, entry);
        }

        return digest.AsSpan().SequenceEqual(digests[column]);
    }

    private static void Toggle(byte[] digest, Hash256? entry)
    {
        if (entry is not { } hash)
        {
            return;
        }

        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.CopyTo(bytes);
        for (int place = 0; place < bytes.Length; place++)
        {
            digest[place] ^= bytes[place];
        }
    }
}
