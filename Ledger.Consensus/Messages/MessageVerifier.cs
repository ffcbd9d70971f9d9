using System.Diagnostics.CodeAnalysis;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Envelope, seat, signature, then body, in this order (P-3, P-4). Holds no state, so it may run on any number of
/// threads before messages reach the kernel.
/// </summary>
public static class MessageVerifier
{
    /// <summary>What the vote key signs: H(consensus, chain id, body).</summary>
    public static Hash256 DigestOf(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        Span<byte> chain = stackalloc byte[Hash256.Size];
        chainId.CopyTo(chain);
        return TaggedHash.Of(Tags.ConsensusMessage, chain, body);
    }

    /// <summary>Reads and checks the bytes of a signed message against a set.</summary>
    public static bool TryVerify(
        ReadOnlySpan<byte> bytes,
        Hash256 chainId,
        ValidatorSet set,
        ISignatureVerifier verifier,
        [NotNullWhen(true)] out VerifiedMessage? message)
    {
        message = null;
        return SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope)
            && TryVerify(envelope, chainId, set, verifier, out message);
    }

    /// <summary>Checks an envelope against a set.</summary>
    public static bool TryVerify(
        SignedEnvelope envelope,
        Hash256 chainId,
        ValidatorSet set,
        ISignatureVerifier verifier,
        [NotNullWhen(true)] out VerifiedMessage? message)
    {
        message = null;
        int place = set.IndexOf(envelope.Sender);
        if (place < 0
            || !verifier.Verify(set[place].VoteKey, DigestOf(chainId, envelope.Body.Span), envelope.Signature.Span)
            || !MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content))
        {
            return false;
        }

        message = new VerifiedMessage(envelope.Sender, content, envelope);
        return true;
    }
}
