using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>Signatures that cost a hash. Anybody could make them: a session makes those of the liar alone.</summary>
internal sealed class HashSignatures : ISignatureVerifier
{
    public static readonly HashSignatures Instance = new();

    public bool Verify(PublicKeyBytes key, Hash256 digest, ReadOnlySpan<byte> signature) =>
        signature.SequenceEqual(Sign(key, digest));

    public static byte[] Sign(PublicKeyBytes key, Hash256 digest)
    {
        byte[] half = TaggedHash.Of("fuzz/signature"u8, key.ToArray(), digest.ToArray()).ToArray();
        return [.. half, .. half];
    }

    /// <summary>A body in the envelope of the validator at a place of the samples' set.</summary>
    public static SignedEnvelope EnvelopeOf(int place, ReadOnlySpan<byte> body)
    {
        Validator validator = ConsensusSamples.Set[place];
        Hash256 digest = MessageVerifier.DigestOf(ConsensusSamples.ChainId, body);
        return SignedEnvelope.Of(validator.Address, body, Sign(validator.VoteKey, digest));
    }
}
