using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>
/// Encrypts to the X25519 keys of several recipients: once under a fresh key, and that key to each. What is sealed for
/// one purpose does not open for another.
/// </summary>
public static class SealedMessages
{
    /// <summary>More recipients than any message has parties.</summary>
    public const int RecipientsMax = 16;

    private static XChaCha20Poly1305 Cipher => AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>
    /// Seals to each recipient whose key can be used; throws <see cref="ArgumentException"/> where none can.
    /// </summary>
    public static SealedMessage Seal(
        ReadOnlySpan<byte> content, IReadOnlyList<(Address Owner, PublicKeyBytes Key)> recipients, Hash256 purpose)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recipients.Count, RecipientsMax);
        byte[] secret = RandomNumberGenerator.GetBytes(Cipher.KeySize);
        byte[] nonce = RandomNumberGenerator.GetBytes(Cipher.NonceSize);
        using EncryptionKey ephemeral = EncryptionKey.Create();
        try
        {
            SealedMessage message = new()
            {
                Ephemeral = ByteString.CopyFrom(ephemeral.PublicKey),
                Nonce = UnsafeByteOperations.UnsafeWrap(nonce),
                Content = UnsafeByteOperations.UnsafeWrap(Encrypt(secret, nonce, purpose, content)),
            };
            message.Keys.AddRange(recipients.Select(one => Wrap(ephemeral, one.Owner, one.Key, secret, purpose))
                .OfType<SealedKey>());
            return message.Keys.Count > 0
                ? message
                : throw new ArgumentException("None of the recipients has a usable key.", nameof(recipients));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>What was sealed to this key, or null where it is not for it or was changed.</summary>
    public static byte[]? Open(SealedMessage message, EncryptionKey key, Hash256 purpose)
    {
        foreach (SealedKey candidate in message.Keys.Take(RecipientsMax))
        {
            if (!candidate.PublicKey.Span.SequenceEqual(key.PublicKey)
                || key.Agree(message.Ephemeral.Span, Purpose(purpose, candidate.PublicKey.Span)) is not { } shared)
            {
                continue;
            }

            byte[]? secret = Decrypt(shared, candidate.Nonce.Span, purpose, candidate.Key.Span);
            CryptographicOperations.ZeroMemory(shared);
            if (secret?.Length == Cipher.KeySize)
            {
                byte[]? content = Decrypt(secret, message.Nonce.Span, purpose, message.Content.Span);
                CryptographicOperations.ZeroMemory(secret);
                return content;
            }
        }

        return null;
    }

    private static SealedKey? Wrap(
        EncryptionKey ephemeral, Address owner, PublicKeyBytes key, byte[] secret, Hash256 purpose)
    {
        byte[] publicKey = key.ToArray();
        if (ephemeral.Agree(publicKey, Purpose(purpose, publicKey)) is not { } shared)
        {
            return null;
        }

        byte[] nonce = RandomNumberGenerator.GetBytes(Cipher.NonceSize);
        SealedKey wrapped = new()
        {
            Recipient = ByteString.CopyFrom(owner.ToArray()),
            PublicKey = UnsafeByteOperations.UnsafeWrap(publicKey),
            Nonce = UnsafeByteOperations.UnsafeWrap(nonce),
            Key = UnsafeByteOperations.UnsafeWrap(Encrypt(shared, nonce, purpose, secret)),
        };
        CryptographicOperations.ZeroMemory(shared);
        return wrapped;
    }

    private static byte[] Purpose(Hash256 purpose, ReadOnlySpan<byte> publicKey) =>
        TaggedHash.Of(Tags.SealedKey, [.. purpose.ToArray(), .. publicKey]).ToArray();

    private static byte[] Encrypt(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, Hash256 purpose, ReadOnlySpan<byte> content)
    {
        using Key key = Key.Import(Cipher, secret, KeyBlobFormat.RawSymmetricKey);
        return Cipher.Encrypt(key, nonce, purpose.ToArray(), content);
    }

    private static byte[]? Decrypt(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, Hash256 purpose, ReadOnlySpan<byte> content)
    {
        if (nonce.Length != Cipher.NonceSize || content.Length < Cipher.TagSize)
        {
            return null;
        }

        using Key key = Key.Import(Cipher, secret, KeyBlobFormat.RawSymmetricKey);
        return Cipher.Decrypt(key, nonce, purpose.ToArray(), content);
    }
}
