using System.Security.Cryptography;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Client.Sealing;

/// <summary>
/// Seals bytes to many and opens them again. A fresh content key encrypts the bytes, bound to chain and owner; an
/// X25519 key made for this envelope alone agrees with each recipient's key on the key that wraps it, bound to the
/// recipient.
/// Rule K-65 of the protocol.
/// </summary>
public static class SealedEnvelopes
{
    /// <summary>
    /// Seals 1 to 4,096 bytes that <paramref name="owner"/> publishes. Throws <see cref="ArgumentException"/> for other
    /// lengths, without or with too many recipients, and for a recipient's key of small order.
    /// </summary>
    public static SealedEnvelope Seal(
        Hash256 chainId, Address owner, ReadOnlySpan<byte> content, IEnumerable<Recipient> recipients)
    {
        if (content.Length is 0 or > TransactionLimits.SealedBytesMax)
        {
            throw new ArgumentException(
                $"An envelope holds 1 to {TransactionLimits.SealedBytesMax} bytes, not {content.Length}.",
                nameof(content));
        }

        byte[] contentKey = RandomNumberGenerator.GetBytes(SealedForm.KeyBytes);
        byte[] nonce = RandomNumberGenerator.GetBytes(SealedForm.NonceBytes);
        try
        {
            using EncryptionKey ephemeral = EncryptionKey.Create();
            SealedEnvelope envelope = new()
            {
                EphemeralKey = ByteString.CopyFrom(ephemeral.PublicKey),
                Nonce = ByteString.CopyFrom(nonce),
                Content = UnsafeByteOperations.UnsafeWrap(
                    SealingCipher.Encrypt(contentKey, nonce, BindingOf(chainId, owner), content)),
            };
            foreach (Recipient recipient in recipients.OrderBy(static one => one.Address))
            {
                envelope.Keys.Add(Wrap(chainId, ephemeral, recipient, nonce, contentKey));
            }

            return SealedForm.IsRight(envelope)
                ? envelope
                : throw new ArgumentException(
                    $"An envelope has 1 to {TransactionLimits.RecipientsMax} recipients, each once.",
                    nameof(recipients));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(contentKey);
        }
    }

    /// <summary>
    /// The bytes, for a recipient with the key of the number that the envelope names; null where it is no recipient,
    /// the key is another one, or the envelope was made for another owner or chain, or was changed.
    /// </summary>
    public static byte[]? Open(
        Hash256 chainId, Address owner, SealedEnvelope envelope, Address recipient, EncryptionKey key)
    {
        ByteString name = recipient.ToField();
        WrappedKey? wrapped = SealedForm.IsRight(envelope)
            ? envelope.Keys.FirstOrDefault(one => one.Recipient == name)
            : null;
        if (wrapped is null)
        {
            return null;
        }

        byte[] purpose = PurposeOf(chainId, envelope.EphemeralKey.Span, recipient, wrapped.KeyNumber);
        byte[]? shared = key.Agree(envelope.EphemeralKey.Span, purpose);
        byte[]? contentKey = shared is null
            ? null
            : SealingCipher.Decrypt(shared, envelope.Nonce.Span, [], wrapped.Wrapped.Span);
        byte[]? content = contentKey is null
            ? null
            : SealingCipher.Decrypt(contentKey, envelope.Nonce.Span, BindingOf(chainId, owner), envelope.Content.Span);
        CryptographicOperations.ZeroMemory(shared);
        CryptographicOperations.ZeroMemory(contentKey);
        return content;
    }

    private static WrappedKey Wrap(
        Hash256 chainId, EncryptionKey ephemeral, Recipient recipient, byte[] nonce, byte[] contentKey)
    {
        byte[] purpose = PurposeOf(chainId, ephemeral.PublicKey, recipient.Address, recipient.KeyNumber);
        byte[] shared = ephemeral.Agree(recipient.PublicKey.Span, purpose)
            ?? throw new ArgumentException(
                $"The encryption key of {recipient.Address} is a weak one.", nameof(recipient));
        try
        {
            return new WrappedKey
            {
                Recipient = recipient.Address.ToField(),
                KeyNumber = recipient.KeyNumber,
                Wrapped = UnsafeByteOperations.UnsafeWrap(
                    SealingCipher.Encrypt(shared, nonce, [], contentKey)), // Each key encrypts once: one nonce serves.
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(shared);
        }
    }

    private static byte[] BindingOf(Hash256 chainId, Address owner)
    {
        HashBuilder builder = new(Tags.SealedEnvelope, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(owner);
        return builder.Finish().ToArray();
    }

    private static byte[] PurposeOf(
        Hash256 chainId, ReadOnlySpan<byte> ephemeralKey, Address recipient, ulong keyNumber)
    {
        HashBuilder builder = new(Tags.SealedEnvelope, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(ephemeralKey);
        builder.Add(recipient);
        builder.Add(keyNumber);
        return builder.Finish().ToArray();
    }
}
