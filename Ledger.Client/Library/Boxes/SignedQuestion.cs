using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Client.Boxes;

/// <summary>
/// What every question to a box shows by itself, whatever it asks for: that it is canonical, each field within its
/// limit, signed by the key that it names for this chain, and made for this box. Rules B-1 to B-3, in this order.
/// </summary>
/// <typeparam name="T">Its body.</typeparam>
/// <param name="parser">Reads a body.</param>
/// <param name="what">What it is called where it is none.</param>
/// <param name="faultOf">The first field that is not as it must be, or null.</param>
/// <param name="named">The key and the box that a body names.</param>
internal sealed class SignedQuestion<T>(
    MessageParser<T> parser,
    string what,
    Func<T, BoxRefusal?> faultOf,
    Func<T, (ByteString Key, ByteString Box)> named)
    where T : class, IMessage<T>, new()
{
    /// <summary>The body of a question that is signed, or why it is none.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="digest">What is signed, computed where the form is right.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="box">Whose box is asked.</param>
    /// <param name="verifier">Verifies it.</param>
    public (T? Body, BoxRefusal? Refusal) Check(
        ByteString body, Func<Hash256> digest, ByteString signature, Address box, ISignatureVerifier verifier)
    {
        if (!CanonicalMessage.TryParse(parser, body.Span, out T? read))
        {
            return (null, BoxRefusals.Malformed("body", $"not a canonical {what} to a box"));
        }

        if (faultOf(read) is { } fault)
        {
            return (null, fault);
        }

        (ByteString key, ByteString asked) = named(read);
        if (!verifier.Verify(new PublicKeyBytes(key.Span), digest(), signature.Span))
        {
            return (null, BoxRefusals.WrongSignature);
        }

        return asked.Span.SequenceEqual(box.ToArray()) ? (read, null) : (null, BoxRefusals.AnotherBox);
    }
}
