using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>Whether enough validators of a new set are ready for it. Rule C-21 of the protocol.</summary>
public static class ReadyRules
{
    /// <summary>A statement's head is at most so many blocks old when its set is activated.</summary>
    public const ulong HeadAgeMax = 100;

    /// <summary>
    /// Whether the signatures are by q distinct validators of the new set, each with its own statement of the same
    /// change. How old the heads are is for the caller to judge, who knows the chain.
    /// </summary>
    public static bool IsActivation(
        Hash256 chainId,
        ulong epoch,
        ValidatorSet oldSet,
        ValidatorSet newSet,
        IReadOnlyList<ReadySignature> signatures,
        ISignatureVerifier verifier)
    {
        if (signatures.Count < newSet.Quorum || signatures.Count > newSet.Count)
        {
            return false;
        }

        int previous = -1;
        foreach (ReadySignature one in signatures)
        {
            if (one.Place <= previous
                || one.Place >= newSet.Count
                || one.Statement.ChainId != chainId
                || one.Statement.Epoch != epoch
                || one.Statement.OldSet != oldSet.Hash
                || one.Statement.NewSet != newSet.Hash
                || one.Signature.Length != Certificate.SignatureBytes
                || !verifier.Verify(newSet[one.Place].VoteKey, one.Statement.Digest, one.Signature.Span))
            {
                return false;
            }

            previous = one.Place;
        }

        return true;
    }
}
