using Ledger.Client.Erasure;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That the words of an erasure's receipt are their holders': each signed by the key that the ledger held for it. That
/// nothing is held any more is their word; that a tombstone stands in its place, a read of the range proves.
/// </summary>
internal static class ErasureCheck
{
    public static void Run(ErasureReceipt receipt, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(receipt.Version, report))
        {
            return;
        }

        if (receipt.Words.Count == 0)
        {
            report.Fail(StepNames.Format, "The receipt holds nobody's word.");
            return;
        }

        foreach (ErasureWord word in receipt.Words)
        {
            Check(word, trust, report);
        }
    }

    private static void Check(ErasureWord word, TrustRoot trust, VerificationReport report)
    {
        if (word.Key is null
            || !CanonicalMessage.TryParse(ErasureWordBody.Parser, word.Body.Span, out ErasureWordBody? body)
            || !body.ChainId.Span.SequenceEqual(trust.ChainId.ToArray())
            || !Address.TryRead(body.Holder.Span, out Address holder)
            || !Address.TryRead(body.Writer.Span, out Address writer)
            || !IsWellFormed(body.Places))
        {
            report.Fail(StepNames.Format, "A word cannot be read, is incomplete, or is of another chain.");
            return;
        }

        if (SignedWordCheck.Run(
            word.Key, holder, ErasureMessages.SignedDigest(trust.ChainId, word.Body.Span), word.Signature.Span,
            ("word", "holder"), trust, report))
        {
            report.Pass(
                StepNames.Content,
                FormattableString.Invariant(
                    $"The word of {holder.ToShortString()} that it holds no copy of {body.Places.Indexes.Count} ")
                    + FormattableString.Invariant(
                        $"records of {writer.ToShortString()} in {body.Places.Verb}, as of block {body.Height}."));
        }
    }

    private static bool IsWellFormed(ErasedPlaces? places) =>
        places is { Verb.Length: > 0, Indexes.Count: > 0 }
        && Address.TryRead(places.Learner.Span, out _)
        && places.Indexes.Zip(places.Indexes.Skip(1)).All(static pair => pair.First < pair.Second);
}
