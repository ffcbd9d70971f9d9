using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>When a certificate proves something. Rule Q-3 of the protocol.</summary>
public static class CertificateRules
{
    /// <summary>
    /// Whether the certificate holds at least q valid votes of distinct validators of <paramref name="set"/>, which
    /// must be the set of the certificate's epoch, and no vote that does not verify. Its kind, height, view and block
    /// are the caller's to compare.
    /// </summary>
    public static bool IsValid(Certificate certificate, Hash256 chainId, ValidatorSet set, ISignatureVerifier verifier)
    {
        if (certificate.Votes.Length < set.Quorum || certificate.Votes.Length > set.Count)
        {
            return false;
        }

        byte[] body = MessageCodec.Encode(new ConsensusMessage.Vote(
            certificate.Epoch, certificate.Height, certificate.View, certificate.Kind, certificate.BlockHash));
        Hash256 digest = MessageVerifier.DigestOf(chainId, body);
        int previous = -1;
        foreach (CertificateVote vote in certificate.Votes)
        {
            if (vote.Validator <= previous
                || vote.Validator >= set.Count
                || !verifier.Verify(set[vote.Validator].VoteKey, digest, vote.Signature.Span))
            {
                return false;
            }

            previous = vote.Validator;
        }

        return true;
    }

    /// <summary>
    /// Whether the certificate decides this block in this epoch: a valid commit certificate of its height and hash.
    /// </summary>
    public static bool Decides(
        Certificate certificate,
        Hash256 blockHash,
        BlockHeader header,
        Hash256 chainId,
        ValidatorSet set,
        ISignatureVerifier verifier) =>
        certificate.Kind == VoteKind.Commit
        && certificate.BlockHash == blockHash
        && certificate.Height == header.Height
        && certificate.Epoch == header.Epoch
        && header.ValidatorsHash == set.Hash
        && IsValid(certificate, chainId, set, verifier);
}
