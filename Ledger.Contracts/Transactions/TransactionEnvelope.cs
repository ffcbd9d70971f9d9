using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>
/// A transaction as it came: the envelope is canonical and its hashes are made, and nothing else is checked yet. By
/// them a node sees what it knows already, before it checks signatures.
/// </summary>
public readonly struct TransactionEnvelope
{
    private TransactionEnvelope(ReadOnlyMemory<byte> signedBytes, SignedTransaction signed, Hash256 chainId)
    {
        SignedBytes = signedBytes;
        Signed = signed;
        ChainId = chainId;
        Id = TransactionId.Of(chainId, signed.Body.Span);
        SignatureListHash = TransactionId.OfSignatures(signed.Signatures);
        Leaf = TransactionId.Leaf(Id, SignatureListHash);
    }

    /// <summary>The envelope as received.</summary>
    public ReadOnlyMemory<byte> SignedBytes { get; }

    /// <summary>What the signers should have signed.</summary>
    public Hash256 Id { get; }

    /// <summary>What blocks and pools would name.</summary>
    public Hash256 Leaf { get; }

    internal Hash256 ChainId { get; }

    internal SignedTransaction Signed { get; }

    internal Hash256 SignatureListHash { get; }

    /// <summary>Checks size and encoding of the envelope, not of what it holds. Null is no refusal.</summary>
    public static TransactionRefusal? Open(
        ReadOnlyMemory<byte> signedBytes, Hash256 chainId, out TransactionEnvelope envelope)
    {
        envelope = default;
        if (signedBytes.Length > TransactionLimits.TransactionBytesMax)
        {
            return TransactionRefusal.Oversized;
        }

        if (!CanonicalMessage.TryParse(SignedTransaction.Parser, signedBytes.Span, out SignedTransaction? signed))
        {
            return TransactionRefusal.NotCanonical;
        }

        envelope = new TransactionEnvelope(signedBytes, signed, chainId);
        return null;
    }
}
