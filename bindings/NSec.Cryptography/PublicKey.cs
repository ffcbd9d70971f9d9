using System.Buffers.Binary;
using System.ComponentModel;

namespace NSec.Cryptography;

/// <summary>A public key. It keeps its raw bytes, so that a signature is verified without a copy.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly byte[] _bytes;

    internal PublicKey(Algorithm algorithm, byte[] bytes)
    {
        Algorithm = algorithm;
        _bytes = bytes;
    }

    /// <summary>The algorithm that the key belongs to.</summary>
    public Algorithm Algorithm { get; }

    /// <summary>The size of the key in bytes.</summary>
    public int Size => Algorithm.PublicSize;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Makes a public key from its bytes. Whether they are a point of the curve is seen on use.</summary>
    /// <exception cref="FormatException">The bytes are not a key in this format.</exception>
    public static PublicKey Import(Algorithm algorithm, ReadOnlySpan<byte> blob, KeyBlobFormat format) =>
        TryImport(algorithm, blob, format, out PublicKey? result)
            ? result!
            : throw new FormatException($"The bytes are not a public key of {algorithm} in the format {format}.");

    /// <summary>Makes a public key from its bytes; false if they are not a key in this format.</summary>
    public static bool TryImport(
        Algorithm algorithm, ReadOnlySpan<byte> blob, KeyBlobFormat format, out PublicKey? result)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        CheckFormat(algorithm, format);
        result = blob.Length == algorithm.PublicSize ? algorithm.PublicKeyFrom(blob) : null;
        return result is not null;
    }

    /// <summary>Whether both have the same algorithm and the same bytes.</summary>
    public bool Equals(PublicKey? other) =>
        other is not null && other.Algorithm == Algorithm && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <summary>A copy of the bytes.</summary>
    public byte[] Export(KeyBlobFormat format)
    {
        CheckFormat(Algorithm, format);
        return [.. _bytes];
    }

    /// <summary>The size in bytes of what <see cref="Export"/> returns.</summary>
    public int GetExportBlobSize(KeyBlobFormat format)
    {
        CheckFormat(Algorithm, format);
        return _bytes.Length;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(_bytes);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override string? ToString() => typeof(PublicKey).ToString();

    /// <summary>Copies out the key; false if the buffer is too small, and then the size that it must have.</summary>
    public bool TryExport(KeyBlobFormat format, Span<byte> blob, out int blobSize)
    {
        blobSize = GetExportBlobSize(format);
        return Bytes.TryCopyTo(blob);
    }

    private static void CheckFormat(Algorithm algorithm, KeyBlobFormat format)
    {
        _ = algorithm.PublicSize;
        if (format != KeyBlobFormat.RawPublicKey)
        {
            throw new ArgumentException($"{algorithm} has no public key in the format {format}.", nameof(format));
        }
    }
}
