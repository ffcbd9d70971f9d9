using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Sealing;

/// <summary>
/// The institution's secret for all that it keeps of persons. By HKDF-SHA-256 (RFC 5869) it gives three keys: one that
/// wraps the keys of persons, one for digests by which tables are searched, and one for the digests of the persons
/// themselves. Used from any thread.
/// </summary>
public sealed class RecordsKey : IDisposable
{
    /// <summary>Length of the secret, in bytes.</summary>
    public const int Size = 32;

    /// <summary>Length of a digest, in bytes.</summary>
    public const int DigestSize = 16;

    // Ids, verbs and accounts are shorter.
    private const int TextBytesOnStack = 480;

    private readonly byte[] index;
    private readonly byte[] persons;

    /// <summary>Of 32 secret bytes, which are not kept.</summary>
    /// <exception cref="ArgumentException">The secret has another length.</exception>
    public RecordsKey(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != Size)
        {
            throw new ArgumentException("The secret of the records has 32 bytes.", nameof(secret));
        }

        byte[] wrapping = Derive(secret, "learning-ledger records: wrapping 1"u8);
        Wrapping = new DataKey(wrapping);
        CryptographicOperations.ZeroMemory(wrapping);
        index = Derive(secret, "learning-ledger records: index 1"u8);
        persons = Derive(secret, "learning-ledger records: persons 1"u8);
    }

    /// <summary>Wraps the keys of persons.</summary>
    internal DataKey Wrapping { get; }

    /// <summary>A digest of a text by which a table is searched; of another kind it is another one.</summary>
    public UInt128 Digest(byte kind, string text) => Digest(index, kind, text);

    /// <summary>The digest by which a person's key is found.</summary>
    internal UInt128 PersonDigest(string person) => Digest(persons, 0, person);

    /// <summary>A digest, or the id of a file, in 16 bytes, big endian.</summary>
    internal static byte[] BytesOf(UInt128 value)
    {
        byte[] bytes = new byte[DigestSize];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Wrapping.Dispose();
        CryptographicOperations.ZeroMemory(index);
        CryptographicOperations.ZeroMemory(persons);
    }

    private static byte[] Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> purpose)
    {
        byte[] derived = new byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, [], purpose);
        return derived;
    }

    // The first half of SHA-256 over key, kind and text. Going on from a known digest to that of a longer text needs
    // the other half, which nobody is shown; so the key may stand before the text, at half the cost of an HMAC.
    private static UInt128 Digest(byte[] key, byte kind, string text)
    {
        int length = Size + 1 + Encoding.UTF8.GetByteCount(text);
        Span<byte> input = length <= TextBytesOnStack ? stackalloc byte[length] : new byte[length];
        key.CopyTo(input);
        input[Size] = kind;
        Encoding.UTF8.GetBytes(text, input[(Size + 1)..]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, digest);
        CryptographicOperations.ZeroMemory(input);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
