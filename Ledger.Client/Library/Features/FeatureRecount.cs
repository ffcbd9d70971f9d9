using Ledger.Client.Corrections;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Features;

/// <summary>
/// Computes a packet's features anew over records that somebody may read, and tells where the box said something else.
/// So a box cannot lie about what it counts without leaving its signature on the lie. Rule X-8 of
/// <c>docs/feature-packets.md</c>.
/// </summary>
public static class FeatureRecount
{
    /// <summary>
    /// The verification of a packet with a step for each verb: the same, another value, or unknown where not every
    /// counted record was given. The packet and all bundles are verified first.
    /// </summary>
    /// <param name="packet">A proof file with a packet of features.</param>
    /// <param name="bundles">Proof files with records of the same learner, of the same or of later blocks.</param>
    /// <param name="trust">The root of trust.</param>
    public static VerificationReport Run(
        ReadOnlySpan<byte> packet, IReadOnlyList<byte[]> bundles, TrustRoot trust)
    {
        VerificationReport report = ProofVerifier.Verify(packet, trust);
        if (report.Features is not { } body)
        {
            report.Fail(StepNames.Content, "There is no verified packet of features to compare records with.");
            return report;
        }

        Dictionary<(string Verb, Address Writer, ulong Index), ReleasedRecord> given = [];
        foreach (byte[] file in bundles)
        {
            if (Add(file, body, trust, given) is { } problem)
            {
                report.Fail(StepNames.Content, problem);
                return report;
            }
        }

        foreach (VerbFeatures verb in body.Verbs)
        {
            Compare(body, verb, given, report);
        }

        return report;
    }

    private static string? Add(
        byte[] file,
        FeatureBody body,
        TrustRoot trust,
        Dictionary<(string Verb, Address Writer, ulong Index), ReleasedRecord> given)
    {
        VerificationReport records = ProofVerifier.Verify(file, trust);
        if (records.Kind != "records" || records.Verdict == Verdict.Failed)
        {
            return "The records that were given do not verify, or are none.";
        }

        RecordBundle bundle = ProofFile.Parser.ParseFrom(file).Records;
        if (!bundle.Learner.Equals(body.Learner))
        {
            return "The records that were given are another learner's.";
        }

        foreach (VerbRecords verb in bundle.Verbs)
        {
            foreach (WriterRecords writer in verb.Writers)
            {
                Address address = new(writer.Writer.Span);
                foreach (ReleasedRecord record in writer.Records)
                {
                    given[(verb.Verb, address, record.Leaf.Index)] = record;
                }
            }
        }

        return null;
    }

    private static void Compare(
        FeatureBody body,
        VerbFeatures verb,
        Dictionary<(string Verb, Address Writer, ulong Index), ReleasedRecord> given,
        VerificationReport report)
    {
        FeatureCounter counter = new(body.BlockTimeUnixMs);
        bool isWhole = true;
        foreach (FeatureRange range in verb.Ranges)
        {
            Address writer = new(range.Writer.Span);
            ReleasedRecord[] records = [.. given
                .Where(one => one.Key.Verb == verb.Verb
                    && one.Key.Writer == writer
                    && one.Key.Index < range.Range.Count)
                .Select(static one => one.Value)];
            bool isOpen = range is { Withheld: 0, Mismatched: 0, Unavailable: 0 };
            IReadOnlyDictionary<ulong, ulong> superseded = Supersessions.Of(records);
            if (isOpen && (ulong)records.Length + range.Erased == range.Range.Count)
            {
                CheckSuperseded(range, (ulong)superseded.Count, verb.Verb, report);
            }

            records = [.. records.Where(record => !superseded.ContainsKey(record.Leaf.Index))];
            isWhole &= isOpen && (ulong)records.Length == range.Counted;
            foreach (ReleasedRecord record in records)
            {
                counter.Add(TypeOf(record), record.Content.Span);
            }
        }

        if (!isWhole)
        {
            report.Doubt(
                StepNames.Content,
                $"The records that were given are not all that the box counted of {verb.Verb}: nothing is compared.");
            return;
        }

        report.Check(
            counter.ToFeatures().Equals(verb.Features),
            StepNames.Content,
            $"The features of {verb.Verb}, computed anew over its records, are those that the box signed.",
            $"MISMATCH: over the records of {verb.Verb} other features are computed than the box signed.");
    }

    // Whoever has all records of a range knows how many of them are corrected: what is bad is not left out as such.
    private static void CheckSuperseded(
        FeatureRange range, ulong superseded, string verb, VerificationReport report) => report.Check(
        range.Superseded == superseded,
        StepNames.Content,
        FormattableString.Invariant($"Of the records of {verb} {superseded} are corrected by later ones."),
        FormattableString.Invariant(
            $"MISMATCH: the box leaves out {range.Superseded} records of {verb} as corrected; {superseded} are."));

    // The bundle was verified, so that the type is one.
    private static RecordType TypeOf(ReleasedRecord record) =>
        RecordTypeNames.Find(record.Type) ?? throw new InvalidOperationException("A verified record has a type.");
}
