using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Sealing;

/// <summary>
/// Encrypts to the X25519 keys of several recipients: once under a fresh key, and that key to each. What is sealed for
/// one purpose does not open for another.
/// </summary>
public static class SealedMessages
{
    /// <summary>More recipients than any message has parties.</summary>
    public const int RecipientsMax = 16;

    /// <summary>
    /// Seals to each recipient whose key can be used; throws <see cref="ArgumentException"/> where none can.
    /// </summary>
    public static SealedMessage Seal(
        ReadOnlySpan<byte> content, IReadOnlyList<(Address Owner, PublicKeyBytes Key)> recipients, Hash256 purpose)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recipients.Count, RecipientsMax);
        byte[] secret = RandomNumberGenerator.GetBytes(SealingCipher.KeyBytes);
        byte[] nonce = RandomNumberGenerator.GetBytes(SealingCipher.NonceBytes);
        using EncryptionKey ephemeral = EncryptionKey.Create();
        try
        {
            SealedMessage message = new()
            {
                Ephemeral = ByteString.CopyFrom(ephemeral.PublicKey),
                Nonce = UnsafeByteOperations.UnsafeWrap(nonce),
                Content = UnsafeByteOperations.UnsafeWrap(
                    SealingCipher.Encrypt(secret, nonce, purpose.ToArray(), content)),
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
            byte[] info = InfoOf(purpose, candidate.Recipient.Span, key.PublicKey);
            if (!candidate.PublicKey.Span.SequenceEqual(key.PublicKey)
                || key.Agree(message.Ephemeral.Span, info) is not { } shared)
            {
                continue;
            }

            byte[]? secret = SealingCipher.Decrypt(
                shared, candidate.Nonce.Span, purpose.ToArray(), candidate.Key.Span);
            CryptographicOperations.ZeroMemory(shared);
            if (secret?.Length == SealingCipher.KeyBytes)
            {
                byte[]? content = SealingCipher.Decrypt(
                    secret, message.Nonce.Span, purpose.ToArray(), message.Content.Span);
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
        byte[] recipient = owner.ToArray();
        if (ephemeral.Agree(publicKey, InfoOf(purpose, recipient, publicKey)) is not { } shared)
        {
            return null;
        }

        byte[] nonce = RandomNumberGenerator.GetBytes(SealingCipher.NonceBytes);
        SealedKey wrapped = new()
        {
            Recipient = UnsafeByteOperations.UnsafeWrap(recipient),
            PublicKey = UnsafeByteOperations.UnsafeWrap(publicKey),
            Nonce = UnsafeByteOperations.UnsafeWrap(nonce),
            Key = UnsafeByteOperations.UnsafeWrap(SealingCipher.Encrypt(shared, nonce, purpose.ToArray(), secret)),
        };
        CryptographicOperations.ZeroMemory(shared);
        return wrapped;
    }

    private static byte[] InfoOf(Hash256 purpose, ReadOnlySpan<byte> recipient, ReadOnlySpan<byte> publicKey)
    {
        HashBuilder builder = new(Tags.SealedKey, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(purpose);
        builder.Add(recipient);
        builder.Add(publicKey);
        return builder.Finish().ToArray();
    }
}
