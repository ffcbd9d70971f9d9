using System.Globalization;
using Google.Protobuf;
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
    public static void Run(RecordBundle bundle, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(bundle.Version, report)
            || ChainCheck.Run(trust, bundle.Membership, bundle.Block, report) is not { } header)
        {
            return;
        }

        if (!Address.TryRead(bundle.Learner.Span, out Address learner) || bundle.Verb.Length == 0)
        {
            report.Fail(StepNames.Format, "The bundle names no learner or no verb.");
            return;
        }

        LlpcName llpc = new(learner, bundle.Verb);
        SortedSet<Address> seen = [];
        foreach (WriterRecords writer in bundle.Writers)
        {
            if (!Address.TryRead(writer.Writer.Span, out Address address) || !seen.Add(address))
            {
                report.Fail(StepNames.Format, "A writer in the bundle is no address, or stands in it twice.");
                return;
            }

            CheckWriter(llpc, address, writer, header, report);
        }

        if (bundle.Writers.Count == 0)
        {
            report.Doubt(StepNames.Completeness, "The bundle holds no writer's records, so nothing is shown.");
        }
    }

    private static void CheckWriter(
        LlpcName llpc, Address address, WriterRecords writer, BlockHeader header, VerificationReport report)
    {
        string name = address.ToShortString();
        bool proved = writer.Range is not null
            && writer.RangeProof is not null
            && StateProofs.VerifyPresence(
                header.StateRoot, StateKeys.RecordRange(llpc, address), writer.Range.ToByteArray(), writer.RangeProof);
        if (!report.Check(
            proved,
            StepNames.Inclusion,
            FormattableString.Invariant(
                $"Writer {name} has {writer.Range?.Count ?? 0} records in the ledger at block {header.Height}."),
            FormattableString.Invariant(
                $"The number of records of writer {name} is not proved at block {header.Height}.")))
        {
            return;
        }

        CheckRecords(writer, name, report);
        CheckCount(writer, name, report);
    }

    private static void CheckRecords(WriterRecords writer, string name, VerificationReport report)
    {
        int verified = 0;
        foreach (ReleasedRecord record in writer.Records)
        {
            if (ProblemOf(writer.Range, record) is { } problem)
            {
                report.Fail(
                    StepNames.Content,
                    FormattableString.Invariant($"Record {record.Leaf?.Index ?? 0} of writer {name}: {problem}"));
            }
            else
            {
                verified++;
            }
        }

        report.RecordsVerified += verified;
        if (verified == writer.Records.Count)
        {
            report.Pass(
                StepNames.Content,
                FormattableString.Invariant(
                    $"All {verified} returned records of writer {name} are as the ledger committed them."));
        }
    }

    private static string? ProblemOf(RecordRange range, ReleasedRecord record)
    {
        if (record.Leaf?.Locator is null || record.Proof is null || record.Leaf.Index != record.Proof.Index)
        {
            return "its place in the ledger is not given.";
        }

        if (!RecordRanges.Verify(range, RangeLeaf.OfRecord(record.Leaf), record.Proof))
        {
            return "the ledger does not hold it at this place.";
        }

        if (record.Salt.Length != RecordCommitment.SaltBytes || TypeOf(record.Type) is not { } type)
        {
            return "its type or salt cannot be used.";
        }

        try
        {
            Hash256 computed = RecordCommitment.Compute(type, record.Content.Span, record.Salt.Span);
            return record.Leaf.Commitment.Span.SequenceEqual(computed.ToArray())
                ? null
                : "its content is not what the ledger committed.";
        }
        catch (RecordFormatException failure)
        {
            return $"its content is no record: {failure.Message}";
        }
    }

    private static RecordType? TypeOf(string name) => name switch
    {
        "xapi" => RecordType.XapiStatement,
        "caliper" => RecordType.CaliperEvent,
        _ => null,
    };

    private static void CheckCount(WriterRecords writer, string name, VerificationReport report)
    {
        if (writer.Mismatches.Count > 0)
        {
            report.Fail(
                StepNames.Content,
                string.Create(CultureInfo.InvariantCulture,
                    $"{writer.Mismatches.Count} records of writer {name} in the store are not what the ledger "
                        + $"committed."));
        }

        ulong[] named = [.. writer.Records.Select(static record => record.Leaf?.Index ?? ulong.MaxValue)
            .Concat(writer.Mismatches.Select(static mismatch => mismatch.Index))
            .Concat(writer.Unavailable)];
        bool distinct = named.Distinct().Count() == named.Length && named.All(index => index < writer.Range.Count);
        ulong rest = unchecked(writer.Range.Count - writer.Range.Erased - (ulong)named.Length);
        if (!distinct || writer.Range.Erased + (ulong)named.Length > writer.Range.Count || writer.Withheld > rest)
        {
            report.Fail(
                StepNames.Completeness, $"The bundle names more places of writer {name} than there are, or one twice.");
            return;
        }

        string figures = string.Create(CultureInfo.InvariantCulture,
            $"Writer {name}: {writer.Range.Count} records; {writer.Records.Count} returned, {writer.Withheld} "
                + $"withheld by the box, ")
            + string.Create(CultureInfo.InvariantCulture,
                $"{writer.Range.Erased} erased, {writer.Unavailable.Count} unavailable, "
                    + $"{writer.Mismatches.Count} mismatched.");
        if (writer.Unavailable.Count == 0 && writer.Withheld == rest)
        {
            report.Pass(StepNames.Completeness, figures);
        }
        else
        {
            report.Doubt(
                StepNames.Completeness, figures
                    + FormattableString.Invariant($" {rest - writer.Withheld} are not accounted for."));
        }
    }
}
