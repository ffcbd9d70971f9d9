using Ledger.Client.Corrections;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;

namespace Ledger.Client.Boxes;

/// <summary>
/// Whether an answer is one to the question, after its proofs were verified: a box may prove everything that it says,
/// and leave out or add what it should not. Rule B-9 of <c>docs/secure-box.md</c>.
/// </summary>
internal static class BoxAnswerCheck
{
    public static void Run(BoxQuery query, RecordBundle bundle, VerificationReport report)
    {
        if (report.Height is not { } height)
        {
            // Neither root, range nor record was looked at: an answer that cannot be followed is none.
            report.Fail(
                StepNames.Certificate, "The answer stands on no block that can be followed from the trusted root.");
            return;
        }

        report.Check(
            height >= query.HeightMin,
            StepNames.Freshness,
            FormattableString.Invariant($"The answer stands on block {height}, and the reader knew of none after it."),
            FormattableString.Invariant(
                $"The answer stands on block {height}, an old state: block {query.HeightMin} was decided before."));
        foreach (VerbRecords verb in bundle.Verbs)
        {
            CheckPlaces(query, verb, report);
        }

        CheckWanted(query, bundle, report);
        CheckLastWords(query, bundle, report);
        CheckAsked(query, bundle, report);
    }

    private static void CheckPlaces(BoxQuery query, VerbRecords verb, VerificationReport report)
    {
        if (!verb.Writers.Any(writer => writer.Writer.Span.SequenceEqual(query.Box.ToArray())))
        {
            report.Fail(StepNames.Completeness, $"The box says nothing of the records that it wrote for {verb.Verb}.");
        }

        foreach (WriterRecords writer in verb.Writers.Where(static writer => writer.Range is not null))
        {
            if (writer.NextIndex < writer.Range.Count)
            {
                report.Doubt(
                    StepNames.Completeness,
                    FormattableString.Invariant(
                        $"The box ended at {writer.NextIndex} of {writer.Range.Count}: ask again from there."));
            }

            // A box looks at one place at the least: who does not move on would be asked for ever.
            if (writer.FromIndex < writer.Range.Count && writer.NextIndex <= writer.FromIndex)
            {
                report.Fail(StepNames.Completeness, "The box ended where it began.");
            }

            ulong expected = Math.Min(query.FromIndex, writer.Range.Count);
            if (writer.FromIndex != expected)
            {
                report.Fail(StepNames.Completeness, "The box began at another place than it was asked to.");
            }

            // Without limits that were shown, a right is without limits; and the question left nothing out.
            if (writer.Withheld > 0 && query.Openings.Count == 0 && !BoxFilters.IsNarrow(query.Filter))
            {
                report.Fail(
                    StepNames.Completeness,
                    FormattableString.Invariant(
                        $"The box withholds {writer.Withheld} records from a right that has no limits."));
            }
        }
    }

    private static void CheckWanted(BoxQuery query, RecordBundle bundle, VerificationReport report)
    {
        if (report.Verdict == Verdict.Failed || !BoxFilters.IsNarrow(query.Filter))
        {
            return;
        }

        int others = bundle.Writers.SelectMany(static writer => writer.Records)
            .Count(record => !IsWanted(query, record));
        report.Check(
            others == 0,
            StepNames.Content,
            "Every returned record is one that was asked for.",
            FormattableString.Invariant($"{others} returned records are not among those that were asked for."));
    }

    // Of two words that a box gives, it proves that the first is superseded, or was asked for it; or it hides which of
    // them is the last.
    private static void CheckLastWords(BoxQuery query, RecordBundle bundle, VerificationReport report)
    {
        if (report.Verdict == Verdict.Failed)
        {
            return;
        }

        if (query.WithSuperseded)
        {
            report.Check(
                bundle.Writers.All(static writer => writer.Superseded.Count == 0),
                StepNames.Content,
                "Nothing is left out as corrected: what is was asked for.",
                "The box leaves out what is corrected, and it was asked for.");
            return;
        }

        int corrected = bundle.Writers.Sum(static writer => Supersessions.Of(writer.Records).Count);
        report.Check(
            corrected == 0,
            StepNames.Content,
            "No returned record is corrected by another returned one.",
            FormattableString.Invariant(
                $"{corrected} returned records are corrected by others that were returned: the box hides it."));
    }

    // How a store reads a time of an unusual form is its own: a record of another time was granted, and does no harm.
    private static bool IsWanted(BoxQuery query, ReleasedRecord record) => BoxFilters.Wants(
        query.Filter, IdOf(record), TypeOf(record), record.Content.Span, query.Filter!.FromUnixMs);

    private static void CheckAsked(BoxQuery query, RecordBundle bundle, VerificationReport report)
    {
        string[] ids = [.. query.Filter?.Ids ?? []];
        if (!ids.SequenceEqual(bundle.Asked.Select(static one => one.Id), StringComparer.Ordinal))
        {
            report.Fail(
                StepNames.Completeness, "The box does not say of each id that was asked for what became of it.");
            return;
        }

        if (report.Verdict == Verdict.Failed)
        {
            return;
        }

        HashSet<string> returned = [.. bundle.Writers.SelectMany(static writer => writer.Records).Select(IdOf)];
        foreach (AskedRecord asked in bundle.Asked)
        {
            Judge(asked, returned, bundle, report);
        }
    }

    private static void Judge(
        AskedRecord asked, HashSet<string> returned, RecordBundle bundle, VerificationReport report)
    {
        bool isReturned = returned.Contains(asked.Id);
        bool isProved = asked.State switch
        {
            AskedState.Returned => isReturned,
            AskedState.Tampered => bundle.Writers.Any(static writer => writer.Mismatches.Count > 0),
            AskedState.Erased => bundle.Writers.Any(static writer => writer.Erased.Count > 0),
            AskedState.Superseded => bundle.Writers.SelectMany(static writer => writer.Superseded)
                .Any(one => SupersededProof.IdOf(one) == asked.Id),
            AskedState.Unavailable => bundle.Writers.Any(static writer => writer.Unavailable.Count > 0),
            AskedState.Pending or AskedState.Unknown => true,
            AskedState.Unspecified => false,
            _ => false,
        };
        if (!isProved || (isReturned && asked.State != AskedState.Returned))
        {
            report.Fail(StepNames.Content, $"What the box says of {asked.Id} is not what it shows.");
        }
        else if (asked.State is AskedState.Pending or AskedState.Unknown)
        {
            report.Doubt(
                StepNames.Content, $"The box says that {asked.Id} is {NameOf(asked.State)}, without a proof.");
        }
    }

    private static string NameOf(AskedState state) =>
        state == AskedState.Pending ? "not on the ledger yet" : "unknown to it, or not for this reader";

    private static string IdOf(ReleasedRecord record) =>
        CommittedRecord.Read(TypeOf(record), record.Content.Span).Id;

    // The proofs were verified, so that the type is one.
    private static RecordType TypeOf(ReleasedRecord record) =>
        RecordTypeNames.Find(record.Type) ?? throw new InvalidOperationException("A verified record has a type.");
}
