using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>Signs with a key, and verifies with its public key.</summary>
public abstract class SignatureAlgorithm : Algorithm
{
    private static Ed25519? s_ed25519;

    private protected SignatureAlgorithm(int privateKeySize, int publicKeySize, int signatureSize)
    {
        PrivateKeySize = privateKeySize;
        PublicKeySize = publicKeySize;
        SignatureSize = signatureSize;
    }

    /// <summary>The one object that keys of Ed25519 belong to.</summary>
    public static Ed25519 Ed25519 => LazyInitializer.EnsureInitialized(ref s_ed25519);

    /// <summary>The size of a private key in bytes.</summary>
    public int PrivateKeySize { get; }

    /// <summary>The size of a public key in bytes.</summary>
    public int PublicKeySize { get; }

    /// <summary>The size of a signature in bytes.</summary>
    public int SignatureSize { get; }

    internal sealed override int SecretSize => PrivateKeySize;

    internal sealed override int PublicSize => PublicKeySize;

    internal sealed override KeyBlobFormat SecretFormat => KeyBlobFormat.RawPrivateKey;

    /// <summary>Signs the data.</summary>
    /// <exception cref="ArgumentException">The key belongs to another algorithm.</exception>
    public byte[] Sign(Key key, ReadOnlySpan<byte> data)
    {
        CheckOwns(key);
        byte[] signature = new byte[SignatureSize];
        SignCore(key.Handle, data, signature);
        return signature;
    }

    /// <summary>Signs the data into a buffer of exactly <see cref="SignatureSize"/> bytes.</summary>
    /// <exception cref="ArgumentException">The key belongs to another algorithm, or the size is another.</exception>
    public void Sign(Key key, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        CheckOwns(key);
        if (signature.Length != SignatureSize)
        {
            throw new ArgumentException($"A signature has {SignatureSize} bytes.", nameof(signature));
        }

        SignCore(key.Handle, data, signature);
    }

    /// <summary>Whether the signature is one of the data by the key; a signature of another size is not.</summary>
    /// <exception cref="ArgumentException">The key belongs to another algorithm.</exception>
    public bool Verify(PublicKey publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        CheckOwns(publicKey, nameof(publicKey));
        return signature.Length == SignatureSize && VerifyCore(publicKey.Bytes, data, signature);
    }

    private protected abstract void SignCore(SecureMemory key, ReadOnlySpan<byte> data, Span<byte> signature);

    private protected abstract bool VerifyCore(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}
