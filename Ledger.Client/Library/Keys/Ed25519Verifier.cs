using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>
/// Checks Ed25519 signatures by the rules of libsodium 1.0.18 (P-4). Keys that were used lately stay imported, so that
/// checking
/// a known signer's signature allocates nothing. May be used from any thread.
/// </summary>
public sealed class Ed25519Verifier : ISignatureVerifier
{
    /// <summary>
    /// Imported keys that are kept: more than the members and active learners of a block; about 160 KiB.
    /// </summary>
    private const int KeptKeysMax = 1024;

    private readonly Entry?[] kept = new Entry?[KeptKeysMax];

    /// <summary>The one verifier of a process; it has no state that changes an answer.</summary>
    public static Ed25519Verifier Instance { get; } = new();

    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SigningKey.SignatureSize)
        {
            return false;
        }

        Span<byte> message = stackalloc byte[Hash256.Size];
        digest.CopyTo(message);
        return SignatureAlgorithm.Ed25519.Verify(Imported(key), message, signature);
    }

    private PublicKey Imported(PublicKeyBytes key)
    {
        // A slot is replaced as a whole: two threads may both import, and neither sees half an entry.
        ref Entry? slot = ref kept[unchecked((uint)key.GetHashCode()) % KeptKeysMax];
        Entry? entry = Volatile.Read(ref slot);
        if (entry is not null && entry.Bytes == key)
        {
            return entry.Key;
        }

        Span<byte> bytes = stackalloc byte[PublicKeyBytes.Size];
        key.CopyTo(bytes);
        entry = new Entry(key, PublicKey.Import(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey));
        Volatile.Write(ref slot, entry);
        return entry.Key;
    }

    private sealed record Entry(PublicKeyBytes Bytes, PublicKey Key);
}
