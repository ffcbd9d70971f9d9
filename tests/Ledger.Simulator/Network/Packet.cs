using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator.Network;

/// <summary>
/// The bytes of a message, read once for all that receive them. Reading is a pure function of the bytes, and checking
/// the signature one of bytes and key, so that every receiver gets what it would have found by itself.
/// </summary>
public sealed class Packet
{
    private readonly VerifiedMessage? message;
    private PublicKeyBytes checkedKey;
    private bool isChecked;
    private bool isValid;

    /// <summary>Reads the bytes.</summary>
    public Packet(byte[] bytes, Hash256 chainId)
    {
        Bytes = bytes;
        if (SignedEnvelope.TryDecode(bytes, out SignedEnvelope? envelope))
        {
            Sender = envelope.Sender;
            Digest = MessageVerifier.DigestOf(chainId, envelope.Body.Span);
            if (MessageCodec.TryDecode(envelope.Body.Span, out ConsensusMessage? content))
            {
                message = new VerifiedMessage(envelope.Sender, content, envelope);
            }
        }
    }

    /// <summary>As they travel.</summary>
    public byte[] Bytes { get; }

    /// <summary>Who claims to have signed.</summary>
    public Address Sender { get; }

    /// <summary>What the signature is of.</summary>
    public Hash256 Digest { get; }

    /// <summary>What it says; null when that cannot be read.</summary>
    public ConsensusMessage? Content => message?.Content;

    /// <summary>The envelope; null when that cannot be read.</summary>
    public SignedEnvelope? Envelope => message?.Envelope;

    /// <summary>
    /// The message, when its sender has a seat in the set and its signature is of the key of that seat.
    /// </summary>
    public VerifiedMessage? VerifyFor(ValidatorSet set, ISignatureVerifier verifier)
    {
        int place = message is null ? -1 : set.IndexOf(Sender);
        if (place < 0)
        {
            return null;
        }

        PublicKeyBytes key = set[place].VoteKey;
        if (!isChecked || key != checkedKey)
        {
            isValid = verifier.Verify(key, Digest, message!.Envelope.Signature.Span);
            checkedKey = key;
            isChecked = true;
        }

        return isValid ? message : null;
    }
}
