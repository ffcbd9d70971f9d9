using System.Security.Cryptography;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>XChaCha20-Poly1305 of draft-irtf-cfrg-xchacha-03; its nonces are long enough to be random.</summary>
public sealed unsafe class XChaCha20Poly1305 : AeadAlgorithm
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 24;
    private const int TagBytes = 16;

    /// <summary>Makes an algorithm object; use <see cref="AeadAlgorithm.XChaCha20Poly1305"/>.</summary>
    public XChaCha20Poly1305()
        : base(KeyBytes, NonceBytes, TagBytes)
    {
    }

    internal override SecureMemory Expand(ReadOnlySpan<byte> secret, out PublicKey? publicKey)
    {
        publicKey = null;
        return SecureMemory.CopyOf(secret);
    }

    private protected override void EncryptCore(
        SecureMemory key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        int error;
        fixed (byte* number = nonce, extra = associatedData, input = plaintext, output = ciphertext)
        {
            error = Libsodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
                output, null, input, (ulong)plaintext.Length, extra, (ulong)associatedData.Length, null, number, key);
        }

        if (error != 0)
        {
            throw new CryptographicException("libsodium made no ciphertext.");
        }
    }

    private protected override bool DecryptCore(
        SecureMemory key,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        fixed (byte* number = nonce, extra = associatedData, input = ciphertext, output = plaintext)
        {
            // An empty plaintext has a null output; libsodium then checks the tag only, which is all there is to do.
            return Libsodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
                output, null, null, input, (ulong)ciphertext.Length,
                extra, (ulong)associatedData.Length, number, key) == 0;
        }
    }
}
