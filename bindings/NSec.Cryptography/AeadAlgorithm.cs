using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>Encrypts and authenticates in one. A ciphertext is its plaintext's length plus the tag.</summary>
public abstract class AeadAlgorithm : Algorithm
{
    private static XChaCha20Poly1305? s_xChaCha20Poly1305;

    private protected AeadAlgorithm(int keySize, int nonceSize, int tagSize)
    {
        KeySize = keySize;
        NonceSize = nonceSize;
        TagSize = tagSize;
    }

    /// <summary>The one object that keys of XChaCha20-Poly1305 belong to.</summary>
    public static XChaCha20Poly1305 XChaCha20Poly1305 => LazyInitializer.EnsureInitialized(ref s_xChaCha20Poly1305);

    /// <summary>The size of a key in bytes.</summary>
    public int KeySize { get; }

    /// <summary>The size of a nonce in bytes.</summary>
    public int NonceSize { get; }

    /// <summary>The size of the tag in bytes.</summary>
    public int TagSize { get; }

    internal sealed override int SecretSize => KeySize;

    internal sealed override KeyBlobFormat SecretFormat => KeyBlobFormat.RawSymmetricKey;

    /// <summary>Encrypts; one key never sees a nonce twice.</summary>
    /// <exception cref="ArgumentException">The key, or the size of the nonce, is not this algorithm's.</exception>
    public byte[] Encrypt(
        Key key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext)
    {
        if (plaintext.Length > Array.MaxLength - TagSize)
        {
            throw new ArgumentException("The ciphertext would be longer than an array can be.", nameof(plaintext));
        }

        byte[] ciphertext = new byte[plaintext.Length + TagSize];
        Encrypt(key, nonce, associatedData, plaintext, ciphertext);
        return ciphertext;
    }

    /// <summary>Encrypts into a buffer of exactly the ciphertext's size.</summary>
    /// <exception cref="ArgumentException">A key or size is wrong, or the buffers overlap shifted.</exception>
    public void Encrypt(
        Key key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        CheckOwns(key);
        if (nonce.Length != NonceSize)
        {
            throw new ArgumentException($"A nonce has {NonceSize} bytes.", nameof(nonce));
        }

        if (ciphertext.Length - TagSize != plaintext.Length)
        {
            throw new ArgumentException($"The ciphertext has {TagSize} bytes more.", nameof(ciphertext));
        }

        CheckOverlap(plaintext, ciphertext, nameof(ciphertext));
        EncryptCore(key.Handle, nonce, associatedData, plaintext, ciphertext);
    }

    /// <summary>The plaintext; null if nonce, associated data or ciphertext are not those of one encryption.</summary>
    /// <exception cref="ArgumentException">The key belongs to another algorithm.</exception>
    public byte[]? Decrypt(
        Key key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> ciphertext)
    {
        CheckOwns(key);
        if (ciphertext.Length < TagSize)
        {
            return null;
        }

        byte[] plaintext = new byte[ciphertext.Length - TagSize];
        return Decrypt(key, nonce, associatedData, ciphertext, plaintext) ? plaintext : null;
    }

    /// <summary>Decrypts into a buffer of exactly the plaintext's size; false as with the other overload.</summary>
    /// <exception cref="ArgumentException">A key or size is wrong, or the buffers overlap shifted.</exception>
    public bool Decrypt(
        Key key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        CheckOwns(key);
        if (nonce.Length != NonceSize || ciphertext.Length < TagSize)
        {
            return false;
        }

        if (plaintext.Length != ciphertext.Length - TagSize)
        {
            throw new ArgumentException($"The plaintext has {TagSize} bytes less.", nameof(plaintext));
        }

        CheckOverlap(ciphertext, plaintext, nameof(plaintext));
        return DecryptCore(key.Handle, nonce, associatedData, ciphertext, plaintext);
    }

    private protected abstract void EncryptCore(
        SecureMemory key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext);

    private protected abstract bool DecryptCore(
        SecureMemory key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext);

    private static void CheckOverlap(ReadOnlySpan<byte> input, Span<byte> output, string parameterName)
    {
        if (input.Overlaps(output, out int offset) && offset != 0)
        {
            throw new ArgumentException("The buffers may be the same, but not overlap otherwise.", parameterName);
        }
    }
}
