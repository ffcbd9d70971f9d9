using Ledger.Client.Boxes;
using Ledger.Client.Nodes;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Features;

/// <summary>
/// Whether a packet that verifies is the answer to the question: of this learner, for this reader, by this box, about
/// these verbs, at no older state than the reader knew, and with nothing held back from a right without limits. Rule
/// X-7 of <c>docs/feature-packets.md</c>.
/// </summary>
internal static class FeatureAnswerCheck
{
    public static void Run(BoxQuery query, Hash256 request, CallerIdentity reader, VerificationReport report)
    {
        if (report.Features is not { } body)
        {
            return;
        }

        bool isAnswer = body.Request.Span.SequenceEqual(request.ToArray())
            && body.Box.Span.SequenceEqual(query.Box.ToArray())
            && body.Reader.Span.SequenceEqual(reader.Address.ToArray())
            && body.Learner.Span.SequenceEqual(query.Learner.ToArray())
            && body.Purpose == query.Purpose
            && query.Verbs.SequenceEqual(body.Verbs.Select(static verb => verb.Verb), StringComparer.Ordinal);
        report.Check(
            isAnswer,
            StepNames.Content,
            "The packet answers this request.",
            "The packet is about another learner, reader, purpose, box or request, or about other verbs.");
        report.Check(
            body.Height >= query.HeightMin,
            StepNames.Freshness,
            FormattableString.Invariant($"It stands on block {body.Height}, and the reader knew of none after it."),
            FormattableString.Invariant(
                $"It stands on block {body.Height}, an old state: block {query.HeightMin} was decided before."));
        foreach (VerbFeatures verb in body.Verbs)
        {
            CheckRanges(query, verb, report);
        }

        if (report.Verdict == Verdict.Failed)
        {
            report.Features = null;
        }
    }

    private static void CheckRanges(BoxQuery query, VerbFeatures verb, VerificationReport report)
    {
        if (!verb.Ranges.Any(range => range.Writer.Span.SequenceEqual(query.Box.ToArray())))
        {
            report.Fail(StepNames.Completeness, $"The box says nothing of the records that it wrote for {verb.Verb}.");
        }

        // Without limits that were shown, a right is without limits.
        if (query.Openings.Count == 0 && verb.Ranges.Any(static range => range.Withheld > 0))
        {
            report.Fail(
                StepNames.Completeness, $"The box withholds records of {verb.Verb} from a right that has no limits.");
        }
    }
}
