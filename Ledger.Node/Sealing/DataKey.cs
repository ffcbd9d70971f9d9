using System.Security.Cryptography;

namespace Ledger.Node.Sealing;

/// <summary>
/// One key of AES-256-GCM, ready for use. The cipher holds it in memory that is overwritten when it is dropped. Used
/// from any thread: a cipher's context serves one at a time.
/// </summary>
internal sealed class DataKey : IDisposable
{
    /// <summary>Length of a key, in bytes.</summary>
    public const int Size = 32;

    /// <summary>
    /// Length of a nonce, in bytes. They are random: that two of one key are the same is less likely than 2^-32 for
    /// 2^32 values, more than one person has.
    /// </summary>
    public const int NonceSize = 12;

    /// <summary>Length of a tag, in bytes.</summary>
    public const int TagSize = 16;

    private readonly Lock gate = new();
    private readonly AesGcm cipher;
    private bool isDropped;

    /// <summary>Of 32 bytes, which the caller overwrites.</summary>
    public DataKey(ReadOnlySpan<byte> key) => cipher = new AesGcm(key, TagSize);

    /// <summary>Encrypts; false, and nothing done, where the key was dropped meanwhile.</summary>
    public bool TryEncrypt(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> content,
        Span<byte> ciphertext,
        Span<byte> tag,
        ReadOnlySpan<byte> associated)
    {
        lock (gate)
        {
            if (!isDropped)
            {
                cipher.Encrypt(nonce, content, ciphertext, tag, associated);
            }

            return !isDropped;
        }
    }

    /// <summary>Decrypts; false, and nothing done, where the key was dropped meanwhile.</summary>
    /// <exception cref="AuthenticationTagMismatchException">It is not what was encrypted.</exception>
    public bool TryDecrypt(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> ciphertext,
        ReadOnlySpan<byte> tag,
        Span<byte> content,
        ReadOnlySpan<byte> associated)
    {
        lock (gate)
        {
            if (!isDropped)
            {
                cipher.Decrypt(nonce, ciphertext, tag, content, associated);
            }

            return !isDropped;
        }
    }

    /// <summary>Drops the key.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isDropped = true;
            cipher.Dispose();
        }
    }
}
