using Ledger.Client.Keys;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>That a file is its signer's: signed by the key that the ledger held for the signer.</summary>
internal static class SignedWordCheck
{
    /// <summary>Whether it is; the report says why not.</summary>
    /// <param name="key">What proves the signer's key.</param>
    /// <param name="signer">Who is said to have signed.</param>
    /// <param name="digest">What is signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="names">What the file and its signer are called: receipt, institution.</param>
    /// <param name="trust">The root of trust.</param>
    /// <param name="report">Takes the steps.</param>
    public static bool Run(
        StateEvidence key, Address signer, Hash256 digest, ReadOnlySpan<byte> signature,
        (string File, string Signer) names, TrustRoot trust, VerificationReport report)
    {
        StateCheck.Run(key, trust, report);
        if (report.Verdict != Verdict.Passed || SigningKeyEvidence.KeyOf(key, signer) is not { } held)
        {
            report.Fail(StepNames.Signatures, $"The {names.File} does not prove the {names.Signer}'s key.");
            return false;
        }

        return report.Check(
            Ed25519Verifier.Instance.Verify(held, digest, signature),
            StepNames.Signatures,
            $"The {names.File} is signed by {signer}, with the key that the ledger held for it.",
            $"The signature of the {names.File} is not the {names.Signer}'s.");
    }
}
