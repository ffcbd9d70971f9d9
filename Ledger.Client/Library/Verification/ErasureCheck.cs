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

        List<ErasureWordBody> given = [];
        foreach (ErasureWord word in receipt.Words)
        {
            if (Check(word, trust, report) is { } body)
            {
                given.Add(body);
            }
        }

        foreach (ErasureHolder holder in receipt.Holders)
        {
            Check(holder, given, report);
        }
    }

    /// <summary>
    /// What a word says, where it is its holder's on this chain; otherwise the report has the step that failed.
    /// </summary>
    public static ErasureWordBody? Check(ErasureWord word, TrustRoot trust, VerificationReport report)
    {
        if (word.Key is null
            || !CanonicalMessage.TryParse(ErasureWordBody.Parser, word.Body.Span, out ErasureWordBody? body)
            || !body.ChainId.Span.SequenceEqual(trust.ChainId.ToArray())
            || !Address.TryRead(body.Holder.Span, out Address holder)
            || !Address.TryRead(body.Writer.Span, out Address writer)
            || !IsWellFormed(body.Places))
        {
            report.Fail(StepNames.Format, "A word cannot be read, is incomplete, or is of another chain.");
            return null;
        }

        if (!SignedWordCheck.Run(
            word.Key, holder, ErasureMessages.SignedDigest(trust.ChainId, word.Body.Span), word.Signature.Span,
            ("word", "holder"), trust, report))
        {
            return null;
        }

        report.Pass(
            StepNames.Content,
            FormattableString.Invariant(
                $"The word of {holder.ToShortString()} that it holds no copy of {body.Places.Indexes.Count} ")
                + FormattableString.Invariant(
                    $"records of {writer.ToShortString()} in {body.Places.Verb}, as of block {body.Height}."));
        return body;
    }

    // That these are all who may hold copies is the writer's word; that one is told of by a word, is shown here.
    private static void Check(ErasureHolder holder, List<ErasureWordBody> given, VerificationReport report)
    {
        if (!Address.TryRead(holder.Holder.Span, out Address address) || !IsWellFormed(holder.Places))
        {
            report.Fail(StepNames.Format, "A holder in the receipt is no address, or holds no places.");
            return;
        }

        string name = address.ToShortString();
        string what = FormattableString.Invariant(
            $"{holder.Places.Indexes.Count} records in {holder.Places.Verb}");
        if (holder.Person)
        {
            report.Pass(
                StepNames.Completeness,
                $"{name} may have read {what} and is no institution: what it saved it erases itself, or nobody.");
        }
        else if (holder.Open.Length > 0)
        {
            report.Doubt(StepNames.Completeness, $"There is no word of {name} on {what} yet: {holder.Open}");
        }
        else
        {
            report.Check(
                given.Any(body => body.Holder == holder.Holder
                    && body.Places.Equals(holder.Places)
                    && body.Height >= holder.ErasedHeight),
                StepNames.Completeness,
                $"There is the word of {name} on {what}.",
                $"The receipt says that there is a word of {name} on {what}, and there is none.");
        }
    }

    private static bool IsWellFormed(ErasedPlaces? places) =>
        places is { Verb.Length: > 0, Indexes.Count: > 0 }
        && Address.TryRead(places.Learner.Span, out _)
        && places.Indexes.Zip(places.Indexes.Skip(1)).All(static pair => pair.First < pair.Second);
}
