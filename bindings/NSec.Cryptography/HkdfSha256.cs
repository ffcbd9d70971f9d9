using System.Security.Cryptography;

namespace NSec.Cryptography;

/// <summary>HKDF of RFC 5869 with SHA-256, as .NET computes it.</summary>
public sealed class HkdfSha256 : KeyDerivationAlgorithm
{
    // RFC 5869 numbers its blocks, of one hash each, with one byte.
    private const int BytesMax = byte.MaxValue * SHA256.HashSizeInBytes;

    /// <summary>Makes an algorithm object; use <see cref="KeyDerivationAlgorithm.HkdfSha256"/>.</summary>
    public HkdfSha256()
        : base(BytesMax)
    {
    }

    private protected override void DeriveBytesCore(
        ReadOnlySpan<byte> inputKeyingMaterial, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> info, Span<byte> bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, inputKeyingMaterial, bytes, salt, info);
}
