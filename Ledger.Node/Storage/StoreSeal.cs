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

    /// <summary>
    /// The seal after one more batch. Each change bears the value before it and the value after it, null for none.
    /// </summary>
    public StoreSeal With(IEnumerable<(int Column, byte[] Key, byte[]? Before, byte[]? After)> changes)
    {
        byte[][] next = [.. digests.Select(static digest => (byte[])digest.Clone())];
        foreach ((int column, byte[] key, byte[]? before, byte[]? after) in changes)
        {
            Toggle(next[column], key, before);
            Toggle(next[column], key, after);
        }

        return new StoreSeal(Sequence + 1, next);
    }

    /// <summary>The same entries, as after that many batches.</summary>
    public StoreSeal After(ulong sequence) => new(sequence, digests);

    /// <summary>Whether a column holds exactly the entries that were sealed.</summary>
    public bool Holds(int column, IEnumerable<KeyValuePair<byte[], byte[]>> entries)
    {
        byte[] digest = new byte[SHA256.HashSizeInBytes];
        foreach ((byte[] key, byte[] value) in entries)
        {
            Toggle(digest, key, value);
        }

        return digest.AsSpan().SequenceEqual(digests[column]);
    }

    private static void Toggle(byte[] digest, byte[] key, byte[]? value)
    {
        if (value is null)
        {
            return;
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, key.Length);
        hash.AppendData(length);
        hash.AppendData(key);
        hash.AppendData(value);
        Span<byte> entry = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(entry);
        for (int place = 0; place < entry.Length; place++)
        {
            digest[place] ^= entry[place];
        }
    }
}
