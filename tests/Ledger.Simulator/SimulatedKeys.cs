using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator;

/// <summary>
/// Cheap signatures: a hash of a secret and the digest. Only the verifier knows all secrets, so within a simulation
/// nobody can forge.
/// </summary>
public sealed class SimulatedKeys : ISignatureVerifier
{
    private readonly Dictionary<PublicKeyBytes, byte[]> secrets = [];

    /// <summary>Makes the key of an identity.</summary>
    public (PublicKeyBytes Public, IVoteSigner Signer) Create(ulong seed, int identity)
    {
        HashBuilder builder = new("sim/secret"u8, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(seed);
        builder.Add((ulong)identity);
        byte[] secret = builder.Finish().ToArray();
        PublicKeyBytes key = new(TaggedHash.Of("sim/public"u8, secret).ToArray());
        secrets.Add(key, secret);
        return (key, new Signer(key, secret));
    }

    /// <inheritdoc/>
    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature)
    {
        if (!secrets.TryGetValue(key, out byte[]? secret))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[Certificate.SignatureBytes];
        Write(secret, digest, expected);
        return signature.SequenceEqual(expected);
    }

    private static void Write(byte[] secret, Hash256 digest, Span<byte> signature)
    {
        signature.Clear();
        digest.CopyTo(signature);
        TaggedHash.Of("sim/signature"u8, secret, signature[..Hash256.Size]).CopyTo(signature[Hash256.Size..]);
    }

    private sealed class Signer(PublicKeyBytes own, byte[] secret) : IVoteSigner
    {
        public ImmutableArray<PublicKeyBytes> Keys { get; } = [own];

        public void Sign(PublicKeyBytes key, Hash256 digest, Span<byte> signature) => Write(secret, digest, signature);
    }
}
