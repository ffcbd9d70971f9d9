using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NSec.Cryptography;

/// <summary>Makes keys from a password, at a cost that slows down who guesses it.</summary>
public abstract class PasswordBasedKeyDerivationAlgorithm : Algorithm
{
    private protected PasswordBasedKeyDerivationAlgorithm(int saltSize, int maxCount)
    {
        MinSaltSize = saltSize;
        MaxSaltSize = saltSize;
        MaxCount = maxCount;
    }

    /// <summary>The most bytes that one derivation gives.</summary>
    public int MaxCount { get; }

    /// <summary>The longest salt in bytes.</summary>
    public int MaxSaltSize { get; }

    /// <summary>The shortest salt in bytes.</summary>
    public int MinSaltSize { get; }

    /// <inheritdoc cref="Cryptography.Argon2id(in Argon2Parameters)"/>
    public static Argon2id Argon2id(in Argon2Parameters parameters) => new(in parameters);

    /// <summary>Derives bytes from the UTF-16 code units of a password, little endian.</summary>
    public byte[] DeriveBytes(string password, ReadOnlySpan<byte> salt, int count)
    {
        ArgumentNullException.ThrowIfNull(password);
        return DeriveBytes(MemoryMarshal.AsBytes(password.AsSpan()), salt, count);
    }

    /// <summary>Derives bytes from the UTF-16 code units of a password, little endian, into a buffer.</summary>
    public void DeriveBytes(string password, ReadOnlySpan<byte> salt, Span<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(password);
        DeriveBytes(MemoryMarshal.AsBytes(password.AsSpan()), salt, bytes);
    }

    /// <summary>Derives a key from the UTF-16 code units of a password, little endian.</summary>
    public Key DeriveKey(
        string password,
        ReadOnlySpan<byte> salt,
        Algorithm algorithm,
        in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(password);
        return DeriveKey(MemoryMarshal.AsBytes(password.AsSpan()), salt, algorithm, in creationParameters);
    }

    /// <summary>Derives bytes from a password.</summary>
    /// <exception cref="ArgumentException">The salt has a wrong size.</exception>
    /// <exception cref="CryptographicException">The memory that the parameters ask for is not to be had.</exception>
    public byte[] DeriveBytes(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        byte[] bytes = new byte[count];
        DeriveBytes(password, salt, bytes);
        return bytes;
    }

    /// <summary>Derives bytes from a password into a buffer.</summary>
    /// <exception cref="ArgumentException">The salt has a wrong size.</exception>
    /// <exception cref="CryptographicException">The memory that the parameters ask for is not to be had.</exception>
    public void DeriveBytes(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> bytes)
    {
        if (salt.Length < MinSaltSize || salt.Length > MaxSaltSize)
        {
            throw new ArgumentException($"The salt has {MinSaltSize} to {MaxSaltSize} bytes.", nameof(salt));
        }

        if (!bytes.IsEmpty && !TryDeriveBytesCore(password, salt, bytes))
        {
            throw new CryptographicException("The derivation failed, most likely for want of memory.");
        }
    }

    /// <summary>Derives a key of another algorithm from a password.</summary>
    public Key DeriveKey(
        ReadOnlySpan<byte> password,
        ReadOnlySpan<byte> salt,
        Algorithm algorithm,
        in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        Span<byte> secret = stackalloc byte[algorithm.SecretSize];
        try
        {
            DeriveBytes(password, salt, secret);
            return new Key(algorithm, secret, creationParameters.ExportPolicy);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private protected abstract bool TryDeriveBytesCore(
        ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, Span<byte> bytes);
}
