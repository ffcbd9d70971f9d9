using System.Security.Cryptography;
using Ledger.Client.Keys;
using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Limits;

/// <summary>
/// Limits that only the owner of an X25519 key can open: a key made for this once, a nonce, and the openings under
/// XChaCha20-Poly1305. Who sealed them is not told. Rule K-32 of the protocol.
/// </summary>
internal static class LimitsSeal
{
    /// <summary>What sealing adds to a message in bytes.</summary>
    public const int OverheadBytes = EncryptionKey.KeySize + NonceBytes + AuthenticationBytes;

    private const int NonceBytes = 24;
    private const int AuthenticationBytes = 16;

    /// <summary>
    /// Seals to the owner of a public key. Throws <see cref="ArgumentException"/> when the key is of small order.
    /// </summary>
    public static byte[] Seal(ReadOnlySpan<byte> recipientKey, ReadOnlySpan<byte> message)
    {
        using EncryptionKey once = EncryptionKey.Create();
        byte[] context = ContextOf(once.PublicKey, recipientKey);
        byte[] secret = once.Agree(recipientKey, context)
            ?? throw new ArgumentException("Nothing can be sealed to this key: it is weak.", nameof(recipientKey));
        byte[] nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        using Key key = KeyOf(secret);
        byte[] sealedBytes = AeadAlgorithm.XChaCha20Poly1305.Encrypt(key, nonce, context, message);
        return [.. once.PublicKey, .. nonce, .. sealedBytes];
    }

    /// <summary>Opens what was sealed to a key; null when it was sealed to another, or changed.</summary>
    public static byte[]? Open(EncryptionKey recipient, ReadOnlySpan<byte> sealedMessage)
    {
        if (sealedMessage.Length < OverheadBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> once = sealedMessage[..EncryptionKey.KeySize];
        ReadOnlySpan<byte> nonce = sealedMessage.Slice(EncryptionKey.KeySize, NonceBytes);
        byte[] context = ContextOf(once, recipient.PublicKey);
        if (recipient.Agree(once, context) is not { } secret)
        {
            return null;
        }

        using Key key = KeyOf(secret);
        return AeadAlgorithm.XChaCha20Poly1305.Decrypt(
            key, nonce, context, sealedMessage[(EncryptionKey.KeySize + NonceBytes)..]);
    }

    private static Key KeyOf(byte[] secret)
    {
        Key key = Key.Import(AeadAlgorithm.XChaCha20Poly1305, secret, KeyBlobFormat.RawSymmetricKey);
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    private static byte[] ContextOf(ReadOnlySpan<byte> once, ReadOnlySpan<byte> recipient)
    {
        HashBuilder builder = new(Tags.SealedLimits, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(once);
        builder.Add(recipient);
        return builder.Finish().ToArray();
    }
}
