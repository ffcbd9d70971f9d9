using System.ComponentModel;
using System.Security.Cryptography;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>A secret key, with its public key where the algorithm has one. Its bytes rest in guarded memory.</summary>
public sealed class Key : IDisposable
{
    private readonly ExportGuard _export;
    private readonly PublicKey? _publicKey;

    /// <summary>Makes a key from the system's randomness.</summary>
    /// <exception cref="NotSupportedException">The algorithm has no keys.</exception>
    public Key(Algorithm algorithm, in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        Span<byte> secret = stackalloc byte[algorithm.SecretSize];
        try
        {
            RandomNumberGenerator.Fill(secret);
            Handle = algorithm.Expand(secret, out _publicKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        Algorithm = algorithm;
        _export = new ExportGuard(creationParameters.ExportPolicy);
    }

    internal Key(Algorithm algorithm, ReadOnlySpan<byte> secret, KeyExportPolicies policy)
    {
        Algorithm = algorithm;
        Handle = algorithm.Expand(secret, out _publicKey);
        _export = new ExportGuard(policy);
    }

    /// <summary>The algorithm that the key belongs to.</summary>
    public Algorithm Algorithm { get; }

    /// <summary>Whether the secret may be exported.</summary>
    public KeyExportPolicies ExportPolicy => _export.Policy;

    /// <summary>Whether there is a public key.</summary>
    public bool HasPublicKey => _publicKey is not null;

    /// <summary>The public key.</summary>
    /// <exception cref="InvalidOperationException">The key is symmetric.</exception>
    public PublicKey PublicKey => _publicKey ?? throw new InvalidOperationException("The key has no public key.");

    /// <summary>The size of the secret in bytes.</summary>
    public int Size => Algorithm.SecretSize;

    internal SecureMemory Handle { get; }

    /// <inheritdoc cref="Key(Algorithm, in KeyCreationParameters)"/>
    public static Key Create(Algorithm algorithm, in KeyCreationParameters creationParameters = default) =>
        new(algorithm, in creationParameters);

    /// <summary>Makes a key from its secret bytes.</summary>
    /// <exception cref="FormatException">The bytes are not a key in this format.</exception>
    public static Key Import(
        Algorithm algorithm,
        ReadOnlySpan<byte> blob,
        KeyBlobFormat format,
        in KeyCreationParameters creationParameters = default) =>
        TryImport(algorithm, blob, format, out Key? result, in creationParameters)
            ? result!
            : throw new FormatException($"The bytes are not a key of {algorithm} in the format {format}.");

    /// <summary>Makes a key from its secret bytes; false if they are not a key in this format.</summary>
    public static bool TryImport(
        Algorithm algorithm,
        ReadOnlySpan<byte> blob,
        KeyBlobFormat format,
        out Key? result,
        in KeyCreationParameters creationParameters = default)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        CheckSecretFormat(algorithm, format);
        result = blob.Length == algorithm.SecretSize ? new Key(algorithm, blob, creationParameters.ExportPolicy) : null;
        return result is not null;
    }

    /// <summary>Overwrites the secret with zeros and gives its memory back.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>Copies out the secret key, or the public key if the format is one of public keys.</summary>
    /// <exception cref="InvalidOperationException">The export policy forbids it.</exception>
    public byte[] Export(KeyBlobFormat format)
    {
        byte[] blob = new byte[GetExportBlobSize(format)];
        TryExport(format, blob, out _);
        return blob;
    }

    /// <summary>The size in bytes of what <see cref="Export"/> returns.</summary>
    public int GetExportBlobSize(KeyBlobFormat format)
    {
        if (format > 0)
        {
            return PublicKeyFor(format).GetExportBlobSize(format);
        }

        ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
        CheckSecretFormat(Algorithm, format);
        return Algorithm.SecretSize;
    }

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string? ToString() => typeof(Key).ToString();

    /// <summary>Copies out the key; false if the buffer is too small, and then the size that it must have.</summary>
    public bool TryExport(KeyBlobFormat format, Span<byte> blob, out int blobSize)
    {
        if (format > 0)
        {
            return PublicKeyFor(format).TryExport(format, blob, out blobSize);
        }

        ObjectDisposedException.ThrowIf(Handle.IsClosed, this);
        _export.Check();
        blobSize = GetExportBlobSize(format);
        if (blob.Length < blobSize)
        {
            return false;
        }

        // libsodium's form of an Ed25519 key is the seed followed by the public key; the seed is what is exported.
        Handle.CopyTo(blob[..blobSize]);
        _export.Record();
        return true;
    }

    private static void CheckSecretFormat(Algorithm algorithm, KeyBlobFormat format)
    {
        if (format != algorithm.SecretFormat)
        {
            throw new ArgumentException($"{algorithm} has no secret key in the format {format}.", nameof(format));
        }
    }

    private PublicKey PublicKeyFor(KeyBlobFormat format) =>
        _publicKey ?? throw new ArgumentException($"{Algorithm} has no key in the format {format}.", nameof(format));
}
