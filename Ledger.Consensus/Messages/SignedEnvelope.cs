using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>Sender, body and signature: the only thing that is read before the signature is checked (P-3).</summary>
public sealed class SignedEnvelope
{
    /// <summary>
    /// The protocol's limit of a consensus message, enough for a new view of 11 view changes with full proposals.
    /// </summary>
    public const int BytesMax = 2 * 1024 * 1024;

    private readonly Protos.SignedMessage message;

    private SignedEnvelope(Protos.SignedMessage message, Address sender)
    {
        this.message = message;
        Sender = sender;
    }

    /// <summary>Who claims to have signed.</summary>
    public Address Sender { get; }

    /// <summary>The signed bytes.</summary>
    public ReadOnlyMemory<byte> Body => message.Body.Memory;

    /// <summary>64 bytes.</summary>
    public ReadOnlyMemory<byte> Signature => message.Signature.Memory;

    /// <summary>Puts a message of one's own into its envelope.</summary>
    public static SignedEnvelope Of(Address sender, ReadOnlySpan<byte> body, ReadOnlySpan<byte> signature)
    {
        Invariant.That(signature.Length == Certificate.SignatureBytes);
        return new SignedEnvelope(
            new Protos.SignedMessage
            {
                Sender = ByteString.CopyFrom(sender.ToArray()),
                Body = ByteString.CopyFrom(body),
                Signature = ByteString.CopyFrom(signature),
            },
            sender);
    }

    /// <summary>Reads canonical bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        envelope = null;
        return bytes.Length <= BytesMax
            && CanonicalMessage.TryParse(Protos.SignedMessage.Parser, bytes, out Protos.SignedMessage? message)
            && TryRead(message, out envelope);
    }

    /// <summary>
    /// Reads a message that came inside another one. Only the three fields are taken over: what a sender puts beside
    /// them is under no signature, and would make every message that embeds this one unreadable (P-3).
    /// </summary>
    public static bool TryRead(Protos.SignedMessage message, [NotNullWhen(true)] out SignedEnvelope? envelope)
    {
        envelope = null;
        if (!Address.TryRead(message.Sender.Span, out Address sender)
            || message.Signature.Length != Certificate.SignatureBytes)
        {
            return false;
        }

        Protos.SignedMessage bare = new()
        {
            Sender = message.Sender,
            Body = message.Body,
            Signature = message.Signature,
        };
        envelope = bare.CalculateSize() <= BytesMax ? new SignedEnvelope(bare, sender) : null;
        return envelope is not null;
    }

    /// <summary>The message, to put into another.</summary>
    public Protos.SignedMessage ToMessage() => message;

    /// <summary>The canonical bytes, as they go over the wire.</summary>
    public byte[] Encode() => message.ToByteArray();
}
