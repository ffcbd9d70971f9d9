using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// Two messages that one key signed for one slot, as they were signed: whoever has the validator set of their epoch
/// can verify it (C-6).
/// </summary>
public sealed record EquivocationEvidence(SignedEnvelope First, SignedEnvelope Second)
{
    /// <summary>Reads canonical bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EquivocationEvidence? evidence)
    {
        evidence = null;
        if (bytes.Length > 2 * SignedEnvelope.BytesMax
            || !CanonicalMessage.TryParse(Protos.Evidence.Parser, bytes, out Protos.Evidence? message)
            || message.First is null
            || message.Second is null
            || !SignedEnvelope.TryRead(message.First, out SignedEnvelope? first)
            || !SignedEnvelope.TryRead(message.Second, out SignedEnvelope? second))
        {
            return false;
        }

        evidence = new EquivocationEvidence(first, second);
        return true;
    }

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode() =>
        new Protos.Evidence { First = First.ToMessage(), Second = Second.ToMessage() }.ToByteArray();

    /// <summary>
    /// Whether both signatures are valid in the set of the messages' epoch, by one validator, for the same epoch,
    /// height, view and kind, and the messages differ. A status or witness is in no slot and proves nothing.
    /// </summary>
    public bool Verify(Hash256 chainId, ValidatorSet set, ISignatureVerifier verifier) =>
        First.Sender == Second.Sender
        && MessageVerifier.TryVerify(First, chainId, set, verifier, out VerifiedMessage? first)
        && MessageVerifier.TryVerify(Second, chainId, set, verifier, out VerifiedMessage? second)
        && !first.Content.IsAdvice
        && first.Content.Epoch == second.Content.Epoch
        && SeenSlot.Of(first.Content) == SeenSlot.Of(second.Content)
        && !First.Body.Span.SequenceEqual(Second.Body.Span);
}
