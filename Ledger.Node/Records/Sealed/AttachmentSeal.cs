using System.Security.Cryptography;
using Ledger.Node.Sealing;
using Ledger.Primitives;

namespace Ledger.Node.Records;

/// <summary>
/// The bytes of an attachment under a key of its own, which is drawn for them and seals nothing else: nonce (12),
/// ciphertext, tag (16) of AES-256-GCM. That key is sealed for each person who has the attachment, so that the bytes
/// are kept once and go with the last of these persons' keys.
/// </summary>
internal static class AttachmentSeal
{
    /// <summary>A fresh key, and the bytes under it for a row.</summary>
    public static (byte[] Key, byte[] Sealed) Seal(ReadOnlySpan<byte> context, ReadOnlySpan<byte> content)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(DataKey.Size);
        byte[] value = new byte[DataKey.NonceSize + content.Length + DataKey.TagSize];
        RandomNumberGenerator.Fill(value.AsSpan(0, DataKey.NonceSize));
        using DataKey key = new(secret);
        bool isDone = key.TryEncrypt(
            value.AsSpan(0, DataKey.NonceSize),
            content,
            value.AsSpan(DataKey.NonceSize, content.Length),
            value.AsSpan()[^DataKey.TagSize..],
            context);
        Invariant.That(isDone);
        return (secret, value);
    }

    /// <summary>The bytes; throws <see cref="SealDamagedException"/> where they are not what was sealed.</summary>
    public static byte[] Open(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> context, ReadOnlySpan<byte> value)
    {
        if (value.Length < DataKey.NonceSize + DataKey.TagSize)
        {
            throw SealDamagedException.OfValue(context);
        }

        byte[] content = new byte[value.Length - DataKey.NonceSize - DataKey.TagSize];
        using DataKey key = new(secret);
        try
        {
            bool isDone = key.TryDecrypt(
                value[..DataKey.NonceSize],
                value[DataKey.NonceSize..^DataKey.TagSize],
                value[^DataKey.TagSize..],
                content,
                context);
            Invariant.That(isDone);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw SealDamagedException.OfValue(context);
        }
    }
}
