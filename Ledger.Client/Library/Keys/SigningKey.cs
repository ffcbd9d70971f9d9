using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>An Ed25519 key that signs tagged hashes. Its secret rests in guarded memory until it is disposed.</summary>
public sealed class SigningKey : IDisposable
{
    /// <summary>Length of the secret (an RFC 8032 seed) in bytes.</summary>
    public const int SecretSize = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private readonly Key key;

    private SigningKey(Key key, Address? owner)
    {
        this.key = key;
        PublicKey = new PublicKeyBytes(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        Address = owner ?? Address.Of(PublicKey);
    }

    /// <summary>The public key.</summary>
    public PublicKeyBytes PublicKey { get; }

    /// <summary>
    /// Whose key it is: the address that derives from it, as long as it is not told that its owner had another one
    /// before.
    /// </summary>
    public Address Address { get; }

    /// <summary>Makes a key from the system's randomness.</summary>
    public static SigningKey Create()
    {
        KeyCreationParameters parameters = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return new SigningKey(Key.Create(SignatureAlgorithm.Ed25519, parameters), owner: null);
    }

    /// <summary>Takes a secret of 32 bytes; throws <see cref="ArgumentException"/> for any other length.</summary>
    public static SigningKey FromSecret(ReadOnlySpan<byte> secret) => FromSecret(secret, owner: null);

    /// <summary>
    /// As above, of an owner whose first key was another one; null for whoever derives from this one.
    /// </summary>
    public static SigningKey FromSecret(ReadOnlySpan<byte> secret, Address? owner)
    {
        KeyCreationParameters parameters = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        return Key.TryImport(
            SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey, out Key? key, parameters)
            ? new SigningKey(key!, owner)
            : throw new ArgumentException("The secret of an Ed25519 key has 32 bytes.", nameof(secret));
    }

    /// <summary>Signs a tagged hash; 64 bytes.</summary>
    public byte[] Sign(Hash256 digest)
    {
        byte[] signature = new byte[SignatureSize];
        Sign(digest, signature);
        return signature;
    }

    /// <summary>Signs a tagged hash into a buffer of 64 bytes.</summary>
    public void Sign(Hash256 digest, Span<byte> signature)
    {
        Span<byte> message = stackalloc byte[Hash256.Size];
        digest.CopyTo(message);
        SignatureAlgorithm.Ed25519.Sign(key, message, signature);
    }

    /// <summary>The secret in a new array, which the caller zeroes: only key files need it.</summary>
    public byte[] ExportSecret() => key.Export(KeyBlobFormat.RawPrivateKey);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}
