using Google.Protobuf.Collections;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// Makes a transaction of bytes. Needs no state, so that nodes do it once per transaction, in parallel. Rule P-3 of the
/// protocol.
/// </summary>
public static class TransactionReader
{
    /// <summary>Checks size, encoding, signatures, form and the signatures inside calls, in this order.</summary>
    public static TransactionReading Read(
        ReadOnlyMemory<byte> signedBytes, Hash256 chainId, ISignatureVerifier verifier) =>
        TransactionEnvelope.Open(signedBytes, chainId, out TransactionEnvelope envelope) is { } refusal
            ? TransactionReading.Refused(refusal)
            : Read(envelope, verifier);

    /// <summary>Checks what an envelope holds.</summary>
    public static TransactionReading Read(TransactionEnvelope envelope, ISignatureVerifier verifier)
    {
        if (!CanonicalMessage.TryParse(
            TransactionBody.Parser, envelope.Signed.Body.Span, out TransactionBody? body))
        {
            return TransactionReading.Refused(TransactionRefusal.NotCanonical);
        }

        CountingVerifier counting = new(verifier);
        TransactionRefusal? refusal = ReadSigners(body.Signers, out List<TransactionSigner> signers)
            ?? CheckSignatures(envelope.Id, envelope.Signed, signers, counting)
            ?? CheckBody(body)
            ?? InnerProofs.Check(body, envelope.ChainId, counting);
        return refusal is not null
            ? TransactionReading.Refused(refusal.Value)
            : TransactionReading.Of(
                new ParsedTransaction(envelope, body, signers, CountOperations(body), counting.Count));
    }

    private static TransactionRefusal? ReadSigners(RepeatedField<Signer> named, out List<TransactionSigner> signers)
    {
        signers = new List<TransactionSigner>();
        if (named.Count > TransactionLimits.SignersMax)
        {
            return TransactionRefusal.TooManySigners;
        }

        SortedSet<Address> seen = [];
        foreach (Signer signer in named)
        {
            if (!Address.TryRead(signer.Address.Span, out Address address)
                || !PublicKeyBytes.TryRead(signer.PublicKey.Span, out PublicKeyBytes key)
                || !seen.Add(address))
            {
                return TransactionRefusal.Malformed;
            }

            signers.Add(new TransactionSigner(address, key));
        }

        return signers.Count == 0 ? TransactionRefusal.Malformed : null;
    }

    private static TransactionRefusal? CheckSignatures(
        Hash256 id, SignedTransaction signed, List<TransactionSigner> signers, ISignatureVerifier verifier)
    {
        if (signed.Signatures.Count != signers.Count)
        {
            return TransactionRefusal.WrongSignature;
        }

        for (int place = 0; place < signers.Count; place++)
        {
            ReadOnlySpan<byte> signature = signed.Signatures[place].Span;
            if (signature.Length != TransactionLimits.SignatureBytes
                || !verifier.Verify(signers[place].Key, id, signature))
            {
                return TransactionRefusal.WrongSignature;
            }
        }

        return null;
    }

    private static TransactionRefusal? CheckBody(TransactionBody body)
    {
        if (body.Version != TransactionLimits.Version)
        {
            return TransactionRefusal.WrongVersion;
        }

        if (body.Groups.Count > TransactionLimits.GroupsMax)
        {
            return TransactionRefusal.TooManyGroups;
        }

        if (CountOperations(body) > TransactionLimits.OperationsMax)
        {
            return TransactionRefusal.TooManyOperations;
        }

        bool wellFormed = body.Random.Length == TransactionLimits.RandomBytes
            && body.LastValidUnixMs > 0
            && body.Groups.Count > 0
            && body.Groups.All(group => group.Operations.Count > 0
                && group.Operations.All(operation => operation.Actor < (uint)body.Signers.Count
                    && CallForm.IsRight(operation)));
        return wellFormed ? null : TransactionRefusal.Malformed;
    }

    private static int CountOperations(TransactionBody body) => body.Groups.Sum(static group => group.Operations.Count);
}
