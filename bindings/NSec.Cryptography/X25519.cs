using System.Security.Cryptography;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>X25519 of RFC 7748; an all-zero result, which low-order keys give, is refused.</summary>
public sealed unsafe class X25519 : KeyAgreementAlgorithm
{
    private const int ScalarSize = 32;
    private const int PointSize = 32;

    // The top bit of a u-coordinate carries nothing (RFC 7748, section 5): cleared, equal points are equal keys.
    private const byte TopBitCleared = 0x7f;

    /// <summary>Makes an algorithm object; use <see cref="KeyAgreementAlgorithm.X25519"/>.</summary>
    public X25519()
        : base(ScalarSize, PointSize, PointSize)
    {
    }

    internal override SecureMemory Expand(ReadOnlySpan<byte> secret, out PublicKey? publicKey)
    {
        SecureMemory memory = SecureMemory.CopyOf(secret);
        byte[] bytes = new byte[PointSize];
        fixed (byte* point = bytes)
        {
            if (Libsodium.crypto_scalarmult_curve25519_base(point, memory) != 0)
            {
                memory.Dispose();
                throw new CryptographicException("libsodium made no X25519 public key from the scalar.");
            }
        }

        publicKey = PublicKeyFrom(bytes);
        return memory;
    }

    internal override PublicKey PublicKeyFrom(ReadOnlySpan<byte> bytes)
    {
        byte[] point = bytes.ToArray();
        point[^1] &= TopBitCleared;
        return new PublicKey(this, point);
    }

    private protected override bool AgreeCore(SecureMemory key, ReadOnlySpan<byte> publicKey, SecureMemory shared)
    {
        fixed (byte* point = publicKey)
        {
            return Libsodium.crypto_scalarmult_curve25519(shared, key, point) == 0;
        }
    }
}
