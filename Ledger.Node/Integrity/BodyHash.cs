using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// The names of a stored body. A body that hashes to a leaf of a certified header is the one that was decided, with its
/// signatures: they need not be verified again.
/// </summary>
public static class BodyHash
{
    /// <summary>
    /// Id, leaf and hash of the signature list of a body's bytes, or null when they are no transaction.
    /// </summary>
    public static (Hash256 Id, Hash256 Leaf, Hash256 Signatures)? Of(ReadOnlySpan<byte> bytes, Hash256 chainId)
    {
        if (!CanonicalMessage.TryParse(SignedTransaction.Parser, bytes, out SignedTransaction? signed))
        {
            return null;
        }

        Hash256 id = TransactionId.Of(chainId, signed.Body.Span);
        Hash256 signatures = TransactionId.OfSignatures(signed.Signatures);
        return (id, TransactionId.Leaf(id, signatures), signatures);
    }
}
