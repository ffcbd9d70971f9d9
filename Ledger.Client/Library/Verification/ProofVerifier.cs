using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// Verifies proof files. It opens no socket and trusts no node: only the trust root, and what the bytes themselves
/// prove.
/// </summary>
public static class ProofVerifier
{
    /// <summary>A bundle of 1,000 records of 64 KiB each is the largest proof.</summary>
    public const int FileBytesMax = 96 * 1024 * 1024;

    /// <summary>The version of all kinds but bundles of records that this program knows.</summary>
    public const uint Version = 1;

    /// <summary>Verifies the bytes of a proof file; they must be canonical (P-3).</summary>
    public static VerificationReport Verify(ReadOnlySpan<byte> file, TrustRoot trust)
    {
        VerificationReport report = new("unknown") { RootOfTrust = trust.Assumption };
        if (file.Length > FileBytesMax || !CanonicalMessage.TryParse(ProofFile.Parser, file, out ProofFile? proof))
        {
            report.Fail(StepNames.Format, "The file is not a proof of this ledger, or it is damaged.");
            return report;
        }

        switch (proof.ContentCase)
        {
            case ProofFile.ContentOneofCase.Receipt:
                report.Kind = "receipt";
                ReceiptCheck.Run(proof.Receipt, trust, report);
                break;
            case ProofFile.ContentOneofCase.State:
                report.Kind = "state";
                StateCheck.Run(proof.State, trust, report);
                break;
            case ProofFile.ContentOneofCase.Records:
                report.Kind = "records";
                RecordsCheck.Run(proof.Records, trust, report);
                break;
            case ProofFile.ContentOneofCase.States:
                report.Kind = "states";
                StateListCheck.Run(proof.States, trust, report);
                break;
            case ProofFile.ContentOneofCase.Audit:
                report.Kind = "audit";
                AuditCheck.Run(proof.Audit, trust, report);
                break;
            case ProofFile.ContentOneofCase.Intake:
                report.Kind = "intake";
                IntakeCheck.Run(proof.Intake, trust, report);
                break;
            case ProofFile.ContentOneofCase.Erasure:
                report.Kind = "erasure";
                ErasureCheck.Run(proof.Erasure, trust, report);
                break;
            case ProofFile.ContentOneofCase.Disclosure:
                report.Kind = "disclosure";
                DisclosureCheck.Run(proof.Disclosure, trust, report);
                break;
            case ProofFile.ContentOneofCase.None:
                report.Fail(StepNames.Format, "The file is empty.");
                break;
        }

        return report;
    }

    /// <summary>Checks the version and adds the format's step.</summary>
    internal static bool KnowsVersion(uint version, VerificationReport report) =>
        KnowsVersion(version, Version, report);

    /// <summary>The same for a kind with a version of its own.</summary>
    internal static bool KnowsVersion(uint version, uint known, VerificationReport report) => report.Check(
        version == known,
        StepNames.Format,
        FormattableString.Invariant($"A {report.Kind} proof, version {version}."),
        FormattableString.Invariant($"Version {version} of this proof is not known; only {known} is."));
}
