namespace Ledger.Client.Verification;

/// <summary>One step of a verification.</summary>
/// <param name="Name">
/// format, membership, certificate, inclusion, signatures, content, completeness, freshness or validity.
/// </param>
/// <param name="Verdict">What it found.</param>
/// <param name="Sentence">What that means, for people.</param>
public sealed record VerificationStep(string Name, Verdict Verdict, string Sentence);
