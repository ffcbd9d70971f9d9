using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>Makes one secret from a key and another party's public key.</summary>
public abstract class KeyAgreementAlgorithm : Algorithm
{
    private static X25519? s_x25519;

    private protected KeyAgreementAlgorithm(int privateKeySize, int publicKeySize, int sharedSecretSize)
    {
        PrivateKeySize = privateKeySize;
        PublicKeySize = publicKeySize;
        SharedSecretSize = sharedSecretSize;
    }

    /// <summary>The one object that keys of X25519 belong to.</summary>
    public static X25519 X25519 => LazyInitializer.EnsureInitialized(ref s_x25519);

    /// <summary>The size of a private key in bytes.</summary>
    public int PrivateKeySize { get; }

    /// <summary>The size of a public key in bytes.</summary>
    public int PublicKeySize { get; }

    /// <summary>The size of a shared secret in bytes.</summary>
    public int SharedSecretSize { get; }

    internal sealed override int SecretSize => PrivateKeySize;

    internal sealed override int PublicSize => PublicKeySize;

    internal sealed override KeyBlobFormat SecretFormat => KeyBlobFormat.RawPrivateKey;

    /// <summary>The shared secret; null if the other party's key is of low order and so makes none.</summary>
    /// <exception cref="ArgumentException">A key belongs to another algorithm.</exception>
    public SharedSecret? Agree(
        Key key,
        PublicKey otherPartyPublicKey,
        in SharedSecretCreationParameters creationParameters = default)
    {
        CheckOwns(key);
        CheckOwns(otherPartyPublicKey, nameof(otherPartyPublicKey));
        SecureMemory memory = SecureMemory.Allocate(SharedSecretSize);
        if (!AgreeCore(key.Handle, otherPartyPublicKey.Bytes, memory))
        {
            memory.Dispose();
            return null;
        }

        return new SharedSecret(memory, creationParameters.ExportPolicy);
    }

    private protected abstract bool AgreeCore(SecureMemory key, ReadOnlySpan<byte> publicKey, SecureMemory shared);
}
