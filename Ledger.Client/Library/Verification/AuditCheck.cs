using Ledger.Client.Audits;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That a report is the auditor's: signed by the key that the ledger held for the auditor. What it says is the
/// auditor's word.
/// </summary>
internal static class AuditCheck
{
    public static void Run(AuditReport audit, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(audit.Version, report))
        {
            return;
        }

        if (audit.Key is null
            || !CanonicalMessage.TryParse(AuditBody.Parser, audit.Body.Span, out AuditBody? body)
            || !Address.TryRead(body.Auditor.Span, out Address auditor)
            || !body.ChainId.Span.SequenceEqual(trust.ChainId.ToArray()))
        {
            report.Fail(StepNames.Format, "The report cannot be read, names no auditor, or is about another chain.");
            return;
        }

        if (SignedWordCheck.Run(
            audit.Key, auditor, AuditMessages.Digest(trust.ChainId, audit.Body.Span), audit.Signature.Span,
            ("report", "auditor"), trust, report))
        {
            report.Audit = body;
            report.Pass(
                StepNames.Content,
                FormattableString.Invariant(
                    $"The auditor's word on the blocks {body.FromHeight} to {body.ToHeight}."));
        }
    }
}
