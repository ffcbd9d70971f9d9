using NSec.Cryptography;

namespace Ledger.Client.Sealing;

/// <summary>XChaCha20-Poly1305 with keys as bytes, as the sealed forms use it.</summary>
internal static class SealingCipher
{
    /// <summary>Bytes of a key.</summary>
    public static int KeyBytes => Cipher.KeySize;

    /// <summary>Bytes of a nonce.</summary>
    public static int NonceBytes => Cipher.NonceSize;

    private static XChaCha20Poly1305 Cipher => AeadAlgorithm.XChaCha20Poly1305;

    /// <summary>Encrypts; a key and a nonce serve once.</summary>
    public static byte[] Encrypt(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> binding, ReadOnlySpan<byte> plain)
    {
        using Key key = Import(secret);
        return Cipher.Encrypt(key, nonce, binding, plain);
    }

    /// <summary>What was encrypted, or null where anything of it, the nonce or the binding is another.</summary>
    public static byte[]? Decrypt(
        ReadOnlySpan<byte> secret, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> binding, ReadOnlySpan<byte> cipher)
    {
        if (nonce.Length != Cipher.NonceSize || cipher.Length < Cipher.TagSize)
        {
            return null;
        }

        using Key key = Import(secret);
        return Cipher.Decrypt(key, nonce, binding, cipher);
    }

    private static Key Import(ReadOnlySpan<byte> secret) => Key.Import(Cipher, secret, KeyBlobFormat.RawSymmetricKey);
}
