using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Records;
using Ledger.Client.Trail;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// That words are their institutions', given for this very file, without gaps and up to the last; and that what they
/// say of commitments and digests is so. Rule L-10.
/// </summary>
internal sealed class WordsExportCheck(ExportContext context, ExportFindings findings, TrailExportCheck trail)
{
    private readonly Dictionary<Address, ExportedSchool> schools = [];
    private readonly AttachmentPieces pieces = new();

    /// <summary>Takes a word.</summary>
    public void Take(SchoolWord word)
    {
        if (!CanonicalMessage.TryParse(SchoolWordBody.Parser, word.Body.Span, out SchoolWordBody? body)
            || !Address.TryRead(body.Institution.Span, out Address institution))
        {
            context.Fail(StepNames.Format, "It is no word of an institution.");
            return;
        }

        if (!context.IsSignedByInstitution(
            institution, ExportMessages.WordDigest(context.Trust.ChainId, word.Body.Span), word.Signature))
        {
            return;
        }

        if (!body.ChainId.Equals(context.Head.ChainId)
            || !body.Learners.Equals(context.Head.Learners)
            || !body.Accounts.Equals(context.Head.Accounts)
            || !body.Random.Equals(context.Head.Random))
        {
            context.Fail(StepNames.Content, $"The word of {institution} was given for another file.");
            return;
        }

        if (Next(institution, body) is { } school)
        {
            foreach (HeldItem item in body.Items)
            {
                Take(school, item);
            }
        }
    }

    /// <summary>Judges whether each institution came to its end.</summary>
    public void Finish(IReadOnlySet<Address> missing)
    {
        foreach (ExportedSchool school in schools.Values.Where(static one => !one.IsWhole))
        {
            string sentence = $"The word of {school.Institution} ends before its last part.";
            if (missing.Contains(school.Institution))
            {
                context.Doubt(StepNames.Completeness, sentence);
            }
            else
            {
                context.Report.Fail(StepNames.Completeness, sentence);
            }
        }

        findings.Schools = [.. schools.Values.OrderBy(static one => one.Institution)];
        if (schools.Count > 0)
        {
            context.Report.Pass(
                StepNames.Signatures,
                FormattableString.Invariant($"{schools.Count} institutions have signed what they keep: their word."));
        }
    }

    /// <summary>Whether an institution has given its word to the end.</summary>
    public bool IsWhole(Address institution) =>
        schools.TryGetValue(institution, out ExportedSchool? school) && school.IsWhole;

    private ExportedSchool? Next(Address institution, SchoolWordBody body)
    {
        if (!schools.TryGetValue(institution, out ExportedSchool? school))
        {
            if (schools.Count == ExportLimits.RememberedMax)
            {
                context.Fail(StepNames.Format, "The file has words of more institutions than there are.");
                return null;
            }

            schools[institution] = school = new ExportedSchool(institution) { Height = body.Height };
        }

        if (school.IsWhole || body.Number != school.Words)
        {
            context.Fail(
                StepNames.Completeness,
                FormattableString.Invariant(
                    $"Word {body.Number} of {institution} is not the next one: {school.Words} stood before it."));
            return null;
        }

        school.Words++;
        school.IsWhole = body.Last;
        return school;
    }

    private void Take(ExportedSchool school, HeldItem item)
    {
        school.Items[item.ContentCase] = school.Items.GetValueOrDefault(item.ContentCase) + 1;
        string? problem = item.ContentCase switch
        {
            HeldItem.ContentOneofCase.Record => ProblemOf(school, item.Record),
            HeldItem.ContentOneofCase.Attachment => pieces.ProblemOf(item.Attachment),
            HeldItem.ContentOneofCase.Read => ProblemOf(item.Read),
            HeldItem.ContentOneofCase.Purpose => ProblemOf(item.Purpose),
            HeldItem.ContentOneofCase.None => "it says nothing.",
            HeldItem.ContentOneofCase.Account or HeldItem.ContentOneofCase.Name or HeldItem.ContentOneofCase.Document
                or HeldItem.ContentOneofCase.Class or HeldItem.ContentOneofCase.Claim
                or HeldItem.ContentOneofCase.Notices or HeldItem.ContentOneofCase.EarlierUnixMs
                or HeldItem.ContentOneofCase.Erasure or HeldItem.ContentOneofCase.Copies
                or HeldItem.ContentOneofCase.Disclosure or HeldItem.ContentOneofCase.Limits => null,
            _ => "it is of no known kind.",
        };
        if (problem is not null)
        {
            context.Fail(StepNames.Content, $"An item of {school.Institution}: {problem}");
        }
    }

    private static string? ProblemOf(ExportedSchool school, HeldRecord record)
    {
        if (RecordTypeNames.Find(record.Type) is not { } type || record.Commitment.Length != Hash256.Size)
        {
            return "a record has no type or commitment.";
        }

        if (school.Records.Count < ExportLimits.FailuresMax || school.Records.ContainsKey(record.State))
        {
            school.Records[record.State] = school.Records.GetValueOrDefault(record.State) + 1;
        }

        if (record.Content.IsEmpty && record.Salt.IsEmpty)
        {
            return null;
        }

        if (record.Salt.Length != RecordCommitment.SaltBytes)
        {
            return $"the salt of record {record.Id} cannot be used.";
        }

        try
        {
            return record.Commitment.Span.SequenceEqual(
                RecordCommitment.Compute(type, record.Content.Span, record.Salt.Span).ToArray())
                    ? null
                    : $"MISMATCH, record {record.Id} is not what its commitment says.";
        }
        catch (RecordFormatException failure)
        {
            return $"record {record.Id} is no record: {failure.Message}";
        }
    }

    private string? ProblemOf(HeldRead read)
    {
        if (!CanonicalMessage.TryParse(TrailEntry.Parser, read.Entry.Span, out TrailEntry? entry)
            || !Hash256.TryRead(read.Commitment.Span, out Hash256 commitment)
            || TrailEntries.CommitmentOf(entry) != commitment
            || !Address.TryRead(entry.Learner.Span, out Address learner)
            || !context.Learners.Contains(learner))
        {
            return "MISMATCH, a read is not what its commitment says, or of another learner.";
        }

        trail.Show(commitment);
        return null;
    }

    private static string? ProblemOf(HeldPurpose purpose) =>
        CanonicalMessage.TryParse(PurposeOpening.Parser, purpose.Opening.Span, out PurposeOpening? opening)
        && RequestPurpose.IsRight(opening)
        && purpose.Commitment.Span.SequenceEqual(RequestPurpose.CommitmentOf(opening).ToArray())
            ? null
            : "MISMATCH, a purpose is not what its commitment says.";
}
