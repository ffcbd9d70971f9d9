using System.Buffers.Binary;

namespace Ledger.Benchmarks.Peers;

/// <summary>Keys and values of one client: each key is new, each value has the size of a record insertion.</summary>
public sealed class PeerValues
{
    /// <summary>Bytes of a value: about what the ledger's transaction with one insertion holds.</summary>
    public const int ValueBytes = 256;

    /// <summary>Bytes of a key: a hash, as the ledger's are.</summary>
    public const int KeyBytes = 32;

    private readonly byte[] template = new byte[KeyBytes + ValueBytes];
    private ulong number;

    /// <summary>Values that the seed and the client's place decide.</summary>
    public PeerValues(ulong seed, int client)
    {
        new Random(unchecked(((int)seed * 31) + client)).NextBytes(template);
        BinaryPrimitives.WriteUInt64BigEndian(template.AsSpan(sizeof(ulong)), seed);
        BinaryPrimitives.WriteInt32BigEndian(template.AsSpan(2 * sizeof(ulong)), client);
    }

    /// <summary>The next key and value, in new arrays.</summary>
    public (byte[] Key, byte[] Value) Next()
    {
        byte[] key = template[..KeyBytes];
        byte[] value = template[KeyBytes..];
        ulong mixed = unchecked(++number * 0x9E3779B97F4A7C15);
        BinaryPrimitives.WriteUInt64BigEndian(key, mixed);
        BinaryPrimitives.WriteUInt64BigEndian(value, mixed);
        return (key, value);
    }
}
