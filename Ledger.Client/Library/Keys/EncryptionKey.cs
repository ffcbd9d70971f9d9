using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>An X25519 key, by which others encrypt to its owner.</summary>
public sealed class EncryptionKey : IDisposable
{
    /// <summary>Length of the secret and of the public key in bytes.</summary>
    public const int KeySize = 32;

    private readonly Key key;
    private readonly byte[] publicKey;

    private EncryptionKey(Key key)
    {
        this.key = key;
        publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>The 32 bytes of the public key.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    /// <summary>Makes a key from the system's randomness.</summary>
    public static EncryptionKey Create()
    {
        KeyCreationParameters parameters = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new EncryptionKey(Key.Create(KeyAgreementAlgorithm.X25519, parameters));
    }

    /// <summary>Takes a secret of 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static EncryptionKey FromSecret(ReadOnlySpan<byte> secret)
    {
        KeyCreationParameters parameters = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return Key.TryImport(
            KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey, out Key? key, parameters)
            ? new EncryptionKey(key!)
            : throw new ArgumentException("The secret of an X25519 key has 32 bytes.", nameof(secret));
    }

    /// <summary>
    /// Derives 32 bytes shared with the owner of <paramref name="otherPublicKey"/>, bound to
    /// <paramref name="purpose"/>; null when the other key is of small order.
    /// </summary>
    public byte[]? Agree(ReadOnlySpan<byte> otherPublicKey, ReadOnlySpan<byte> purpose)
    {
        if (!NSec.Cryptography.PublicKey.TryImport(
            KeyAgreementAlgorithm.X25519, otherPublicKey, KeyBlobFormat.RawPublicKey, out PublicKey? other))
        {
            return null;
        }

        using SharedSecret? shared = KeyAgreementAlgorithm.X25519.Agree(key, other!);
        return shared is null
            ? null
            : KeyDerivationAlgorithm.HkdfSha256.DeriveBytes(shared, [], purpose, KeySize);
    }

    /// <summary>The secret in a new array, which the caller zeroes: only key files need it.</summary>
    public byte[] ExportSecret() => key.Export(KeyBlobFormat.RawPrivateKey);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
