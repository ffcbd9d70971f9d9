using Ledger.Client.Records;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That records are those of a learner, a verb and their writers, that none was changed, and how many there are in all.
/// </summary>
internal static class RecordsCheck
{
    /// <summary>Below this many records a second thread costs more than it saves.</summary>
    private const int ParallelMin = 64;

    /// <summary>The version of bundles with several verbs; version 1 had one.</summary>
    private const uint Version = 2;

    public static void Run(RecordBundle file, TrustRoot trust, VerificationReport report)
    {
        bool isFirst = file.Version == FirstBundles.Version;
        bool isMixed = isFirst ? file.Verbs.Count > 0 : file.SingleVerb.Length + file.SingleVerbWriters.Count > 0;
        if (!ProofVerifier.KnowsVersion(file.Version, isFirst ? FirstBundles.Version : Version, report))
        {
            return;
        }

        if (isMixed)
        {
            report.Fail(StepNames.Format, "The bundle has parts of another version.");
            return;
        }

        RecordBundle bundle = isFirst ? FirstBundles.Read(file, report) : file;
        if (ChainCheck.Run(trust, bundle.Membership, bundle.Block, report) is not { } header)
        {
            return;
        }

        if (!Address.TryRead(bundle.Learner.Span, out Address learner)
            || bundle.Verbs.Any(static verb => verb.Verb.Length == 0)
            || bundle.Asked.Any(static one => one.Id.Length == 0 || !Enum.IsDefined(one.State)))
        {
            report.Fail(
                StepNames.Format, "The bundle names no learner or no verb, or answers a question with no word.");
            return;
        }

        HashSet<(string Verb, Address Writer)> seen = [];
        foreach (VerbRecords verb in bundle.Verbs)
        {
            LlpcName llpc = new(learner, verb.Verb);
            foreach (WriterRecords writer in verb.Writers)
            {
                if (!Address.TryRead(writer.Writer.Span, out Address address) || !seen.Add((verb.Verb, address)))
                {
                    report.Fail(StepNames.Format, "A writer in the bundle is no address, or stands in it twice.");
                    return;
                }

                CheckWriter(llpc, address, writer, header, report);
            }
        }

        if (seen.Count == 0)
        {
            report.Doubt(StepNames.Completeness, "The bundle holds no writer's records, so nothing is shown.");
        }
    }

    private static void CheckWriter(
        LlpcName llpc, Address address, WriterRecords writer, BlockHeader header, VerificationReport report)
    {
        string name = address.ToShortString();
        if (!report.Check(
            RangeEvidence.Holds(llpc, address, writer.Range, writer.RangeProof, header),
            StepNames.Inclusion,
            FormattableString.Invariant(
                $"Writer {name} has {writer.Range?.Count ?? 0} records in the ledger at block {header.Height}."),
            FormattableString.Invariant(
                $"The number of records of writer {name} is not proved at block {header.Height}.")))
        {
            return;
        }

        CheckRecords(writer, name, report);
        SupersededCheck.Run(writer, name, report);
        RecordsCount.Run(writer, name, report);
    }

    private static void CheckRecords(WriterRecords writer, string name, VerificationReport report)
    {
        string?[] problems = new string?[writer.Records.Count];
        if (problems.Length < ParallelMin)
        {
            for (int place = 0; place < problems.Length; place++)
            {
                problems[place] = ProblemOf(writer.Range, writer.Records[place]);
            }
        }
        else
        {
            Parallel.For(0, problems.Length, place => problems[place] = ProblemOf(writer.Range, writer.Records[place]));
        }

        int verified = problems.Count(static problem => problem is null);
        report.RecordsVerified += verified;
        foreach ((string? problem, ReleasedRecord record) in problems.Zip(writer.Records))
        {
            if (problem is not null)
            {
                report.Fail(
                    StepNames.Content,
                    FormattableString.Invariant($"Record {record.Leaf?.Index ?? 0} of writer {name}: {problem}"));
            }
        }

        if (verified == problems.Length)
        {
            report.Pass(
                StepNames.Content,
                FormattableString.Invariant(
                    $"All {verified} returned records of writer {name} are as the ledger committed them."));
        }
    }

    private static string? ProblemOf(RecordRange range, ReleasedRecord record)
    {
        if (record.Leaf is not { IsWellFormed: true }
            || record.Proof is null
            || record.Leaf.Index != record.Proof.Index)
        {
            return "its place in the ledger is not given.";
        }

        if (!RecordRanges.Verify(range, record.Leaf.LeafHash, record.Proof))
        {
            return "the ledger does not hold it at this place.";
        }

        if (record.Salt.Length != RecordCommitment.SaltBytes || RecordTypeNames.Find(record.Type) is not { } type)
        {
            return "its type or salt cannot be used.";
        }

        try
        {
            Hash256 computed = RecordCommitment.Compute(type, record.Content.Span, record.Salt.Span);
            return record.Leaf.Commitment.Span.SequenceEqual(computed.ToArray())
                ? null
                : "MISMATCH, its content is not what the ledger committed: "
                    + $"{Convert.ToHexStringLower(record.Leaf.Commitment.Span)} is committed, {computed} is computed.";
        }
        catch (RecordFormatException failure)
        {
            return $"its content is no record: {failure.Message}";
        }
    }
}
