using System.Globalization;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// That answers of boxes are theirs, to a question of the maker's that leaves nothing out, with every record proved;
/// and that together they tell of each place of each range. Rule L-8.
/// </summary>
internal sealed class RecordsExportCheck(ExportContext context, ExportFindings findings)
{
    private readonly Dictionary<(Address Learner, string Verb, Address Writer), ExportedRange> ranges = [];

    /// <summary>Takes an answer.</summary>
    public void Take(ExportedAnswer answer)
    {
        if (!Address.TryRead(answer.Box.Span, out Address box)
            || !CanonicalMessage.TryParse(BoxRequestBody.Parser, answer.Request.Span, out BoxRequestBody? request)
            || !CanonicalMessage.TryParse(RecordBundle.Parser, answer.Bundle.Span, out RecordBundle? bundle)
            || !Address.TryRead(request.Learner.Span, out Address learner))
        {
            context.Fail(StepNames.Format, "It is no question with its answer.");
            return;
        }

        Hash256 asked = BoxMessages.RequestDigest(context.Trust.ChainId, answer.Request.Span);
        if (!context.IsSignedByInstitution(
            box, BoxMessages.AnswerDigest(context.Trust.ChainId, asked, answer.Bundle.Span), answer.Signature))
        {
            return;
        }

        if (!IsQuestion(request, box, learner) || request.Learner != bundle.Learner
            || !request.Verbs.SequenceEqual(bundle.Verbs.Select(static verb => verb.Verb), StringComparer.Ordinal))
        {
            context.Fail(
                StepNames.Content,
                "The question is not the maker's to this box about the learner, or asks for a part alone.");
            return;
        }

        if (context.Run("records", found => Check(request, box, learner, bundle, found)) is not null)
        {
            Take(learner, bundle);
        }
    }

    /// <summary>Judges, after the last answer, whether all that the contracts name is there.</summary>
    /// <param name="contracts">The contracts, and who holds records of them.</param>
    /// <param name="missing">Who is named as missing.</param>
    /// <param name="only">The one institution that was asked, where it made the file; else null.</param>
    public void Finish(IEnumerable<ExportedContract> contracts, IReadOnlySet<Address> missing, Address? only)
    {
        foreach (ExportedContract contract in contracts)
        {
            // What a learner wrote and keeps itself, nobody is asked for.
            foreach (Address holder in contract.Holders.Where(holder =>
                (only is null || holder == only) && !context.Learners.Contains(holder)))
            {
                if (!ranges.ContainsKey((contract.Learner, contract.Verb, holder)) && !missing.Contains(holder))
                {
                    context.Report.Fail(
                        StepNames.Completeness,
                        $"The ledger says that {holder} holds records of {contract.Verb}: the file has none, and does "
                            + "not say that they are missing.");
                }
            }
        }

        foreach (ExportedRange range in ranges.Values)
        {
            Judge(range, missing);
        }

        findings.Ranges = [.. ranges.Values.OrderBy(static one => one.Verb, StringComparer.Ordinal)
            .ThenBy(static one => one.Writer)];
        if (ranges.Count > 0)
        {
            context.Report.Pass(
                StepNames.Content,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ranges.Values.Sum(static one => (long)one.Returned)} records are as the ledger committed them, "
                        + $"and {ranges.Values.Sum(static one => (long)one.Erased)} are proved to be erased."));
        }
    }

    private bool IsQuestion(BoxRequestBody request, Address box, Address learner) =>
        request.Reader == context.Head.Maker
        && request.Box.Span.SequenceEqual(box.ToArray())
        && context.Learners.Contains(learner)
        && request.Features is null
        && request.WithSuperseded
        && request.Openings.Count == 0
        && !BoxFilters.IsNarrow(request.Filter);

    private void Check(
        BoxRequestBody request, Address box, Address learner, RecordBundle bundle, VerificationReport found)
    {
        RecordsCheck.Run(bundle, context.Trust, found);
        if (found.Height is not null && found.Verdict != Verdict.Failed)
        {
            BoxAnswerCheck.Run(
                new BoxQuery(box, learner, request.Verbs)
                {
                    FromIndex = request.FromIndex, WithSuperseded = request.WithSuperseded,
                },
                bundle,
                found);
        }
    }

    private void Take(Address learner, RecordBundle bundle)
    {
        foreach (VerbRecords verb in bundle.Verbs)
        {
            foreach (WriterRecords records in verb.Writers)
            {
                (Address, string, Address) name = (learner, verb.Verb, records.Writer.ToAddress());
                if (!ranges.TryGetValue(name, out ExportedRange? range))
                {
                    if (ranges.Count == ExportLimits.RememberedMax)
                    {
                        context.Fail(StepNames.Format, "The file tells of more ranges than any learner has.");
                        return;
                    }

                    ranges[name] = range = new ExportedRange(learner, verb.Verb, name.Item3);
                }

                if (!range.TryAdd(records))
                {
                    context.Fail(
                        StepNames.Completeness,
                        FormattableString.Invariant(
                            $"Of writer {name.Item3.ToShortString()} the places {range.Told} to {records.FromIndex} ")
                        + "are left out.");
                }
            }
        }
    }

    private void Judge(ExportedRange range, IReadOnlySet<Address> missing)
    {
        string name = $"Writer {range.Writer.ToShortString()}, {range.Verb}";
        if (!range.IsWhole && missing.Count == 0)
        {
            context.Report.Fail(
                StepNames.Completeness,
                FormattableString.Invariant($"{name}: of {range.Count} records the file tells of {range.Told}."));
        }
        else if (!range.IsWhole)
        {
            context.Doubt(
                StepNames.Completeness,
                FormattableString.Invariant($"{name}: of {range.Count} records {range.Told} are here so far."));
        }

        if (range.Unavailable > 0)
        {
            context.Doubt(
                StepNames.Completeness,
                FormattableString.Invariant(
                    $"{name}: {range.Unavailable} of {range.Count} records the store did not give."));
        }
    }
}
