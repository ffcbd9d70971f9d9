using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Client.Verification;

/// <summary>That a key of the state has a value, or is absent, at a block.</summary>
internal static class StateCheck
{
    public static void Run(StateEvidence evidence, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(evidence.Version, report)
            || ChainCheck.Run(trust, evidence.Membership, evidence.Block, report) is not { } header)
        {
            return;
        }

        if (evidence.Key.IsEmpty || evidence.Proof is null)
        {
            report.Fail(StepNames.Format, "The proof names no key, or shows no path to it.");
            return;
        }

        CheckInclusion(evidence, header, report);
    }

    private static void CheckInclusion(StateEvidence evidence, BlockHeader header, VerificationReport report)
    {
        StateKey key = new(evidence.Key.Memory);
        bool claimsPresence = evidence.Proof.FoundKeyHash.Span.SequenceEqual(key.Hash.ToArray());
        bool holds = claimsPresence
            ? StateProofs.VerifyPresence(header.StateRoot, key, evidence.Value.Span, evidence.Proof)
            : evidence.Value.IsEmpty && StateProofs.VerifyAbsence(header.StateRoot, key, evidence.Proof);
        report.States = holds ? [ProvedState.Of(key, evidence.Value, claimsPresence, header)] : [];
        string claim = claimsPresence ? "has this value" : "is absent";
        report.Check(
            holds,
            StepNames.Inclusion,
            FormattableString.Invariant($"The key {claim} in the state after block {header.Height}."),
            FormattableString.Invariant(
                $"The path does not show that the key {claim} in the state after block {header.Height}."));
    }
}
