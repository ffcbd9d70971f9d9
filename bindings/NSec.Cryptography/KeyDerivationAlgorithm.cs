using System.Security.Cryptography;

namespace NSec.Cryptography;

/// <summary>Makes keys from a secret that is strong but not uniform, such as a shared secret.</summary>
public abstract class KeyDerivationAlgorithm : Algorithm
{
    private static HkdfSha256? s_hkdfSha256;

    private protected KeyDerivationAlgorithm(int maxCount) => MaxCount = maxCount;

    /// <summary>HKDF of RFC 5869 with SHA-256.</summary>
    public static HkdfSha256 HkdfSha256 => LazyInitializer.EnsureInitialized(ref s_hkdfSha256);

    /// <summary>The most bytes that one derivation gives.</summary>
    public int MaxCount { get; }

    /// <summary>The longest salt in bytes.</summary>
    public int MaxSaltSize => int.MaxValue;

    /// <summary>The shortest salt in bytes.</summary>
    public int MinSaltSize => 0;

    /// <summary>Derives bytes from input keying material.</summary>
    /// <exception cref="ArgumentException">The material is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or above <see cref="MaxCount"/>.</exception>
    public byte[] DeriveBytes(
        ReadOnlySpan<byte> inputKeyingMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        byte[] bytes = new byte[count];
        DeriveBytes(inputKeyingMaterial, salt, info, bytes);
        return bytes;
    }

    /// <summary>Derives bytes from input keying material into a buffer.</summary>
    /// <exception cref="ArgumentException">
    /// The material is empty, the buffer longer than <see cref="MaxCount"/>, or it overlaps salt or info.
    /// </exception>
    public void DeriveBytes(
        ReadOnlySpan<byte> inputKeyingMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> bytes)
    {
        if (inputKeyingMaterial.IsEmpty)
        {
            throw new ArgumentException("There is nothing to derive from.", nameof(inputKeyingMaterial));
        }

        if (bytes.Length > MaxCount)
        {
            throw new ArgumentException($"At most {MaxCount} bytes can be derived.", nameof(bytes));
        }

        if (bytes.Overlaps(salt) || bytes.Overlaps(info))
        {
            throw new ArgumentException("The output overlaps the salt or the info.", nameof(bytes));
        }

        if (!bytes.IsEmpty)
        {
            DeriveBytesCore(inputKeyingMaterial, salt, info, bytes);
        }
    }

    /// <summary>Derives a key of another algorithm from input keying material.</summary>
    public Key DeriveKey(
        ReadOnlySpan<byte> inputKeyingMaterial,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> info,
        Algorithm algorithm,
        in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        Span<byte> secret = stackalloc byte[algorithm.SecretSize];
        try
        {
            DeriveBytes(inputKeyingMaterial, salt, info, secret);
            return new Key(algorithm, secret, creationParameters.ExportPolicy);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Derives bytes from a shared secret.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative or above <see cref="MaxCount"/>.</exception>
    public byte[] DeriveBytes(
        SharedSecret sharedSecret, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        byte[] bytes = new byte[count];
        DeriveBytes(sharedSecret, salt, info, bytes);
        return bytes;
    }

    /// <summary>Derives bytes from a shared secret into a buffer.</summary>
    /// <exception cref="ArgumentException">
    /// The buffer is longer than <see cref="MaxCount"/>, or it overlaps salt or info.
    /// </exception>
    public void DeriveBytes(
        SharedSecret sharedSecret, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(sharedSecret);
        Span<byte> material = stackalloc byte[sharedSecret.Size];
        try
        {
            sharedSecret.Handle.CopyTo(material);
            DeriveBytes(material, salt, info, bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <summary>Derives a key of another algorithm from a shared secret.</summary>
    public Key DeriveKey(
        SharedSecret sharedSecret,
        ReadOnlySpan<byte> salt,
        ReadOnlySpan<byte> info,
        Algorithm algorithm,
        in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(sharedSecret);
        Span<byte> material = stackalloc byte[sharedSecret.Size];
        try
        {
            sharedSecret.Handle.CopyTo(material);
            return DeriveKey(material, salt, info, algorithm, in creationParameters);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    private protected abstract void DeriveBytesCore(
        ReadOnlySpan<byte> inputKeyingMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> bytes);
}
