using Google.Protobuf;
using Google.Protobuf.Collections;
using Ledger.Primitives;

namespace Ledger.Contracts.Transactions;

/// <summary>The hashes that name a transaction. Rule P-7 of the protocol.</summary>
public static class TransactionId
{
    /// <summary>H(Transaction tag, chain id, body): what the signers sign.</summary>
    public static Hash256 Of(Hash256 chainId, ReadOnlySpan<byte> body)
    {
        HashBuilder builder = new(Tags.Transaction, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(chainId);
        builder.Add(body);
        return builder.Finish();
    }

    /// <summary>H(SignatureList tag, each signature).</summary>
    public static Hash256 OfSignatures(RepeatedField<ByteString> signatures)
    {
        HashBuilder builder = new(Tags.SignatureList, stackalloc byte[HashBuilder.ScratchBytes]);
        foreach (ByteString signature in signatures)
        {
            builder.Add(signature.Span);
        }

        return builder.Finish();
    }

    /// <summary>H(BlockLeaf tag, id, signature list hash): what proposals and pools name.</summary>
    public static Hash256 Leaf(Hash256 id, Hash256 signatureListHash) =>
        TaggedHash.Of(Tags.BlockLeaf, id, signatureListHash);
}
