using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Ledger.Node.Sealing;

/// <summary>
/// The bytes of a sealed value: version (1), key id (8, big endian), nonce (12), ciphertext, tag (16). Version, key id
/// and the caller's context are authenticated with it, so that a value of another row does not open in this one.
/// </summary>
internal static class SealedValue
{
    /// <summary>How many bytes a sealed value has more than what is sealed.</summary>
    public const int Overhead = NonceEnd + DataKey.TagSize;

    private const byte Version = 1;
    private const int HeadSize = 1 + sizeof(long);
    private const int NonceEnd = HeadSize + DataKey.NonceSize;

    // Contexts name a table and a row.
    private const int ContextBytesOnStack = 256;

    /// <summary>The id of the key that opens it; false where it is no sealed value of this format.</summary>
    public static bool TryKeyId(ReadOnlySpan<byte> value, out long keyId)
    {
        keyId = value.Length >= Overhead ? BinaryPrimitives.ReadInt64BigEndian(value[1..]) : 0;
        return value.Length >= Overhead && value[0] == Version;
    }

    /// <summary>
    /// Writes a value of <see cref="Overhead"/> bytes more than the content; false where the key was dropped.
    /// </summary>
    public static bool TryWrite(
        Span<byte> value, long keyId, DataKey key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> content)
    {
        value[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(value[1..], keyId);
        Span<byte> nonce = value[HeadSize..NonceEnd];
        RandomNumberGenerator.Fill(nonce);
        int length = HeadSize + context.Length;
        Span<byte> associated = length <= ContextBytesOnStack ? stackalloc byte[length] : new byte[length];
        value[..HeadSize].CopyTo(associated);
        context.CopyTo(associated[HeadSize..]);
        return key.TryEncrypt(nonce, content, value[NonceEnd..^DataKey.TagSize], value[^DataKey.TagSize..], associated);
    }

    /// <summary>Opens a value into as many bytes as it holds; false where the key was dropped.</summary>
    /// <exception cref="AuthenticationTagMismatchException">Key, context or value is another one.</exception>
    public static bool TryOpen(
        ReadOnlySpan<byte> value, DataKey key, ReadOnlySpan<byte> context, Span<byte> content)
    {
        int length = HeadSize + context.Length;
        Span<byte> associated = length <= ContextBytesOnStack ? stackalloc byte[length] : new byte[length];
        value[..HeadSize].CopyTo(associated);
        context.CopyTo(associated[HeadSize..]);
        return key.TryDecrypt(
            value[HeadSize..NonceEnd], value[NonceEnd..^DataKey.TagSize], value[^DataKey.TagSize..], content,
            associated);
    }
}
