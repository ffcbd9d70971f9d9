using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// Verifies a learner's export, offline and part after part: it holds one part, and what the parts have to agree in.
/// Rules L-1 to L-10 of <c>docs/learner-export.md</c>.
/// </summary>
public sealed class ExportCheck
{
    /// <summary>What a report about an export is a report of.</summary>
    public const string Kind = "learner-export";

    private readonly VerificationReport report;
    private readonly TrustRoot trust;
    private readonly ExportReader reader;
    private readonly ExportFindings findings = new();
    private bool isEnded;

    private ExportCheck(Stream stream, TrustRoot trust)
    {
        this.trust = trust;
        reader = new ExportReader(stream, trust.ChainId);
        report = new VerificationReport(Kind) { RootOfTrust = trust.Assumption };
    }

    /// <summary>
    /// Verifies what a stream holds. What is missing, by the file's own word, leaves it undecided.
    /// </summary>
    public static VerificationReport Run(Stream stream, TrustRoot trust)
    {
        ExportCheck check = new(stream, trust);
        check.Run();
        return check.report;
    }

    private void Run()
    {
        ExportContext? context = null;
        StatesExportCheck? states = null;
        RecordsExportCheck? records = null;
        TrailExportCheck? trail = null;
        WordsExportCheck? words = null;
        foreach (ExportPart part in reader.Parts())
        {
            if (context is null)
            {
                if ((context = Begin(part)) is null)
                {
                    return;
                }

                states = new StatesExportCheck(context, findings);
                records = new RecordsExportCheck(context, findings);
                trail = new TrailExportCheck(context, findings);
                words = new WordsExportCheck(context, findings, trail);
                continue;
            }

            context.Begin(reader.Before, part.ContentCase);
            switch (part.ContentCase)
            {
                case ExportPart.ContentOneofCase.Key:
                    context.AddKey(part.Key);
                    break;
                case ExportPart.ContentOneofCase.States:
                    states!.Take(part.States);
                    break;
                case ExportPart.ContentOneofCase.Receipt:
                    TakeReceipt(context, part.Receipt);
                    break;
                case ExportPart.ContentOneofCase.Trail:
                    trail!.Take(part.Trail);
                    break;
                case ExportPart.ContentOneofCase.Records:
                    records!.Take(part.Records);
                    break;
                case ExportPart.ContentOneofCase.Word:
                    words!.Take(part.Word);
                    break;
                case ExportPart.ContentOneofCase.End:
                    End(context, part.End);
                    break;
                case ExportPart.ContentOneofCase.Head or ExportPart.ContentOneofCase.None:
                    context.Fail(StepNames.Format, "A file has one head, as its first part.");
                    break;
            }

            if (context.IsHopeless)
            {
                context.Report.Fail(StepNames.Format, "So much is wrong that the rest was not looked at.");
                return;
            }
        }

        if (reader.Problem is not null || context is null)
        {
            report.Fail(StepNames.Format, reader.Problem ?? "The file has no part.");
            return;
        }

        Finish(context, states!, records!, trail!, words!);
    }

    private ExportContext? Begin(ExportPart part)
    {
        if (part.Head is not { } head)
        {
            report.Fail(StepNames.Format, "The file does not begin with a head.");
            return null;
        }

        if (!ProofVerifier.KnowsVersion(head.Version, ExportLimits.Version, report)
            || !report.Check(
                head.ChainId.Span.SequenceEqual(trust.ChainId.ToArray()),
                StepNames.Membership,
                trust.Assumption,
                "The file belongs to another chain than the trusted one."))
        {
            return null;
        }

        bool isRight = head.Random.Length == ExportMessages.RandomBytes
            && Address.TryRead(head.Maker.Span, out _)
            && head.Learners.All(static one => Address.TryRead(one.Span, out _))
            && head.Learners.Distinct().Count() == head.Learners.Count
            && head.Learners.Count <= ExportLimits.LearnersMax
            && head.Accounts.Count <= ExportLimits.AccountsMax
            && (head.Learners.Count == 0) != (head.Accounts.Count == 0);
        if (!isRight)
        {
            report.Fail(StepNames.Format, "The head names no maker, or neither a learner nor accounts, or both.");
            return null;
        }

        ExportContext context = new(head, trust, report);
        findings.Learners = context.Learners;
        findings.Accounts = [.. head.Accounts];
        findings.Maker = head.Maker.ToAddress();
        findings.MadeUnixMs = head.MadeUnixMs;
        return context;
    }

    private void TakeReceipt(ExportContext context, Receipt receipt)
    {
        if (context.Run("receipt", found => ReceiptCheck.Run(receipt, context.Trust, found)) is not null)
        {
            findings.Receipts++;
        }
    }

    private void End(ExportContext context, ExportEnd end)
    {
        isEnded = CanonicalMessage.TryParse(ExportEndBody.Parser, end.Body.Span, out ExportEndBody? body)
            && body.Missing.All(static one => Address.TryRead(one.Institution.Span, out _)
                && one.What is MissingWhat.Records or MissingWhat.Word
                && one.Reason.Length is > 0 and <= ExportLimits.ReasonCharactersMax);
        if (!isEnded)
        {
            context.Fail(StepNames.Format, "It cannot be read, or does not say what is missing.");
            return;
        }

        if (body!.Parts != reader.Before || !body.Link.Span.SequenceEqual(reader.Link.ToArray()))
        {
            context.Fail(
                StepNames.Format, "The parts before the end are not those that it was signed for: changed, or moved.");
        }

        if (context.IsSigned(
            findings.Maker, ExportMessages.EndDigest(trust.ChainId, end.Body.Span), end.Signature))
        {
            findings.Missing = [.. body.Missing];
        }
    }

    private void Finish(
        ExportContext context,
        StatesExportCheck states,
        RecordsExportCheck records,
        TrailExportCheck trail,
        WordsExportCheck words)
    {
        Invariant.That(isEnded || report.Verdict == Verdict.Failed);
        HashSet<Address> withoutRecords = Of(MissingWhat.Records);
        HashSet<Address> withoutWord = Of(MissingWhat.Word);

        // An institution makes a file of what it has itself; a learner's file has all institutions.
        Address? only = words.IsWhole(findings.Maker) || withoutWord.Contains(findings.Maker) ? findings.Maker : null;
        states.Finish();
        records.Finish(states.Contracts, withoutRecords, only);
        words.Finish(withoutWord);
        trail.Finish(hasTrail: only is null);
        foreach (MissingSchool missing in findings.Missing)
        {
            context.Doubt(
                StepNames.Completeness,
                $"{(missing.What == MissingWhat.Records ? "The records" : "The word")} of "
                    + $"{missing.Institution.ToAddress()} is missing: {missing.Reason}");
        }

        if (report.Verdict != Verdict.Failed)
        {
            report.Export = findings;
        }
    }

    private HashSet<Address> Of(MissingWhat what) =>
    [
        .. findings.Missing.Where(one => one.What == what).Select(static one => one.Institution.ToAddress()),
    ];
}
