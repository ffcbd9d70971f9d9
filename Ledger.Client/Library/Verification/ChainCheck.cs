using System.Globalization;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>Follows the sets from the trust root to the block of a proof, and checks the block's certificate.</summary>
internal static class ChainCheck
{
    /// <summary>The block's header, or null when a step failed or could not be told.</summary>
    public static BlockHeader? Run(
        TrustRoot trust, MembershipChain? membership, CertifiedHeader? block, VerificationReport report)
    {
        if (membership is null
            || block is null
            || !BlockHeader.TryDecode(block.Header.Span, out BlockHeader? header)
            || !Certificate.TryRead(block.Certificate, out Certificate? certificate))
        {
            report.Fail(StepNames.Format, "The proof has no membership chain, header or certificate that can be read.");
            return null;
        }

        ChainVerifier chain = trust.Start(Ed25519Verifier.Instance);
        if (!FollowSets(trust, membership, header, chain, report))
        {
            return null;
        }

        bool decided = IsCheckpoint(trust, block)
            || chain.Confirms(block.Header.Span, certificate);
        if (!report.Check(
            decided,
            StepNames.Certificate,
            string.Create(CultureInfo.InvariantCulture,
                $"{certificate.Votes.Length} of {chain.NextSet.Count} validators decided block {header.Height}; "
                    + $"{chain.NextSet.Quorum} are needed."),
            string.Create(CultureInfo.InvariantCulture,
                $"The certificate of block {header.Height} does not hold the votes of {chain.NextSet.Quorum} "
                    + $"validators of epoch {chain.NextEpoch}.")))
        {
            return null;
        }

        report.Height = header.Height;
        report.BlockTimeUnixMs = header.TimeUnixMs;
        return header;
    }

    private static bool FollowSets(
        TrustRoot trust, MembershipChain membership, BlockHeader header, ChainVerifier chain, VerificationReport report)
    {
        if (!report.Check(
            TaggedHash.Of(Tags.Genesis, membership.Genesis.Span) == trust.ChainId,
            StepNames.Membership,
            trust.Assumption,
            "The proof belongs to another chain than the trusted one."))
        {
            return false;
        }

        // Each change has a certificate of its own; more of them than epochs would be carried along and prove nothing.
        if ((ulong)membership.Ends.Count > header.Epoch)
        {
            report.Fail(StepNames.Membership, "The proof has more changes of the validator set than its block says.");
            return false;
        }

        ulong before = 0;
        foreach (EpochEnd end in membership.Ends)
        {
            if (end.Last is null
                || end.Next is null
                || !BlockHeader.TryDecode(end.Last.Header.Span, out BlockHeader? last)
                || !Certificate.TryRead(end.Last.Certificate, out Certificate? certificate)
                || !ValidatorSet.TryDecode(end.Next.ToByteArray(), out ValidatorSet? next))
            {
                report.Fail(StepNames.Membership, "A change of the validator set in the proof cannot be read.");
                return false;
            }

            if (last.Height <= before)
            {
                report.Fail(StepNames.Membership, "The changes of the validator set in the proof stand in no order.");
                return false;
            }

            before = last.Height;

            // A checkpoint vouches for the set after it: changes up to its height need no proof.
            if (last.Height > trust.Height && !chain.TryAdvanceEpoch(end.Last.Header.Span, certificate, next))
            {
                report.Fail(
                    StepNames.Membership,
                    FormattableString.Invariant(
                        $"The change of validators at height {last.Height} was not decided by the set before it."));
                return false;
            }
        }

        if (header.Height < trust.Height || (header.Height == trust.Height && trust.IsGenesis))
        {
            report.Doubt(
                StepNames.Membership,
                string.Create(CultureInfo.InvariantCulture,
                    $"The proof stands on block {header.Height}, before the trusted checkpoint at "
                        + $"{trust.Height}. Use an older one or the genesis document."));
            return false;
        }

        return true;
    }

    private static bool IsCheckpoint(TrustRoot trust, CertifiedHeader block) =>
        !trust.IsGenesis && BlockHeader.HashOf(block.Header.Span) == trust.BlockHash;
}
