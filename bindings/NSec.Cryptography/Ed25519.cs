using System.Security.Cryptography;
using NSec.Cryptography.Interop;

namespace NSec.Cryptography;

/// <summary>Ed25519 of RFC 8032, verified by libsodium's rules: see the edge cases in the tests.</summary>
public sealed unsafe class Ed25519 : SignatureAlgorithm
{
    private const int SeedSize = 32;
    private const int PublicKeyBytes = 32;
    private const int SignatureBytes = 64;

    // libsodium keeps the seed followed by the public key.
    private const int ExpandedSize = SeedSize + PublicKeyBytes;

    /// <summary>Makes an algorithm object; use <see cref="SignatureAlgorithm.Ed25519"/>.</summary>
    public Ed25519()
        : base(SeedSize, PublicKeyBytes, SignatureBytes)
    {
    }

    internal override SecureMemory Expand(ReadOnlySpan<byte> secret, out PublicKey? publicKey)
    {
        SecureMemory memory = SecureMemory.Allocate(ExpandedSize);
        byte[] bytes = new byte[PublicKeyBytes];
        fixed (byte* publicBytes = bytes, seed = secret)
        {
            if (Libsodium.crypto_sign_ed25519_seed_keypair(publicBytes, memory, seed) != 0)
            {
                memory.Dispose();
                throw new CryptographicException("libsodium made no Ed25519 key from the seed.");
            }
        }

        publicKey = new PublicKey(this, bytes);
        return memory;
    }

    internal override PublicKey PublicKeyFrom(ReadOnlySpan<byte> bytes) => new(this, bytes.ToArray());

    private protected override void SignCore(SecureMemory key, ReadOnlySpan<byte> data, Span<byte> signature)
    {
        fixed (byte* message = data, output = signature)
        {
            if (Libsodium.crypto_sign_ed25519_detached(output, null, message, (ulong)data.Length, key) != 0)
            {
                throw new CryptographicException("libsodium made no Ed25519 signature.");
            }
        }
    }

    private protected override bool VerifyCore(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        fixed (byte* key = publicKey, message = data, input = signature)
        {
            return Libsodium.crypto_sign_ed25519_verify_detached(input, message, (ulong)data.Length, key) == 0;
        }
    }
}
