using Ledger.Client.Intakes;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That a receipt is the institution's: signed by the key that the ledger held for it. That it has the record, and
/// when it got it, is the institution's word.
/// </summary>
internal static class IntakeCheck
{
    public static void Run(IntakeReceipt intake, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(intake.Version, report))
        {
            return;
        }

        if (intake.Key is null
            || !CanonicalMessage.TryParse(IntakeBody.Parser, intake.Body.Span, out IntakeBody? body)
            || !Address.TryRead(body.Institution.Span, out Address institution)
            || IntakeMessages.TypeOf(body.Type) is null
            || !Hash256.TryRead(body.Digest.Span, out _)
            || !Hash256.TryRead(body.Commitment.Span, out _)
            || !IsTime(body.StoredUnixMs)
            || !IsTime(body.SignedUnixMs)
            || !body.ChainId.Span.SequenceEqual(trust.ChainId.ToArray()))
        {
            report.Fail(StepNames.Format, "The receipt cannot be read, is incomplete, or is of another chain.");
            return;
        }

        if (SignedWordCheck.Run(
            intake.Key, institution, IntakeMessages.SignedDigest(trust.ChainId, intake.Body.Span),
            intake.Signature.Span, ("receipt", "institution"), trust, report))
        {
            report.Intake = body;
            report.Pass(StepNames.Content, $"The institution's word that it stored {body.Id} at that time.");
        }
    }

    private static bool IsTime(long unixMs) =>
        unixMs > 0 && unixMs <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
