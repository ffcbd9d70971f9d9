using Ledger.Client.Features;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That a packet of features is the box's, that it stands on a decided block, and that it accounts for each record that
/// the ledger counts. How the counted records fall into activities, bands and days is the box's word. Rule X-6 of
/// <c>docs/feature-packets.md</c>.
/// </summary>
internal static class FeatureCheck
{
    public static void Run(FeaturePacket packet, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(packet.Version, report))
        {
            return;
        }

        if (packet.Key is null
            || !CanonicalMessage.TryParse(FeatureBody.Parser, packet.Body.Span, out FeatureBody? body)
            || !body.ChainId.Span.SequenceEqual(trust.ChainId.ToArray())
            || !IsWhole(body))
        {
            report.Fail(StepNames.Format, "The packet cannot be read, is incomplete, or is of another chain.");
            return;
        }

        if (!SignedWordCheck.Run(
            packet.Key, new Address(body.Box.Span), FeatureMessages.Digest(trust.ChainId, packet.Body.Span),
            packet.Signature.Span, ("packet", "box"), trust, report))
        {
            return;
        }

        // The key's proof was verified: its header is one.
        bool isHeader = BlockHeader.TryDecode(packet.Key.Block.Header.Span, out BlockHeader? header);
        Invariant.That(isHeader, "a verified header can be read");
        if (!report.Check(
            body.Height == header!.Height
                && body.BlockTimeUnixMs == header.TimeUnixMs
                && body.BlockHash.Span.SequenceEqual(BlockHeader.HashOf(packet.Key.Block.Header.Span).ToArray()),
            StepNames.Inclusion,
            FormattableString.Invariant($"The packet stands on block {header.Height}."),
            FormattableString.Invariant($"The packet names another block than {header.Height}, which it proves.")))
        {
            return;
        }

        foreach (VerbFeatures verb in body.Verbs)
        {
            CheckVerb(new LlpcName(new Address(body.Learner.Span), verb.Verb), verb, header, report);
        }

        if (report.Verdict != Verdict.Failed)
        {
            report.Features = body;
        }
    }

    private static bool IsWhole(FeatureBody body) =>
        Address.TryRead(body.Box.Span, out _)
        && Address.TryRead(body.Reader.Span, out _)
        && Address.TryRead(body.Learner.Span, out _)
        && Hash256.TryRead(body.Request.Span, out _)
        && body.Definition == FeatureDefinition.Version
        && body.Verbs.Count > 0
        && body.Verbs.Select(static verb => verb.Verb).Distinct(StringComparer.Ordinal).Count() == body.Verbs.Count
        && body.Verbs.All(static verb =>
            verb.Verb.Length > 0
            && verb.Features is not null
            && verb.Ranges.Count > 0
            && verb.Ranges.All(static range =>
                Address.TryRead(range.Writer.Span, out _) && range.Range is not null && range.RangeProof is not null)
            && verb.Ranges.Select(static range => range.Writer).Distinct().Count() == verb.Ranges.Count);

    private static void CheckVerb(
        LlpcName llpc, VerbFeatures verb, BlockHeader header, VerificationReport report)
    {
        foreach (FeatureRange range in verb.Ranges)
        {
            string name = new Address(range.Writer.Span).ToShortString();
            if (report.Check(
                IsProved(llpc, range, header),
                StepNames.Inclusion,
                FormattableString.Invariant(
                    $"Writer {name} has {range.Range.Count} records in the ledger at block {header.Height}."),
                FormattableString.Invariant(
                    $"The number of records of writer {name} is not proved at block {header.Height}.")))
            {
                CheckPlaces(range, name, report);
            }
        }

        UInt128 counted = Sum(verb.Ranges.Select(static range => range.Counted));
        report.Check(
            FeatureSums.Hold(verb.Features, counted),
            StepNames.Content,
            FormattableString.Invariant(
                $"The box's word on {counted} records of {llpc.Verb}; its features add up to as many."),
            FormattableString.Invariant($"The features of {llpc.Verb} do not add up to {counted} records."));
    }

    // A writer that never wrote has no range, and the ledger proves that it has none.
    private static bool IsProved(LlpcName llpc, FeatureRange range, BlockHeader header)
    {
        StateKey key = StateKeys.RecordRange(llpc, new Address(range.Writer.Span));
        return range.Range.Count == 0
            ? StateProofs.VerifyAbsence(header.StateRoot, key, range.RangeProof)
            : StateProofs.VerifyPresence(header.StateRoot, key, Bytes(range.Range), range.RangeProof);
    }

    private static byte[] Bytes(RecordRange range) => Google.Protobuf.MessageExtensions.ToByteArray(range);

    private static void CheckPlaces(FeatureRange range, string name, VerificationReport report)
    {
        UInt128 places = Sum(
            [range.Counted, range.Withheld, range.Mismatched, range.Unavailable, range.Erased,
                range.Superseded]);
        string figures = FormattableString.Invariant(
            $"Writer {name}: {range.Range.Count} records; {range.Counted} counted, {range.Withheld} withheld, ")
            + FormattableString.Invariant(
                $"{range.Erased} erased, {range.Unavailable} unavailable, {range.Mismatched} mismatched, ")
            + FormattableString.Invariant($"{range.Superseded} superseded.");
        if (places != range.Range.Count || range.Erased != range.Range.Erased)
        {
            report.Fail(StepNames.Completeness, figures + " They do not make the count that the ledger proves.");
        }
        else if (range.Mismatched > 0)
        {
            report.Fail(StepNames.Content, figures + " MISMATCH: the store has other records than were committed.");
        }
        else if (range.Unavailable > 0)
        {
            report.Doubt(StepNames.Completeness, figures);
        }
        else
        {
            report.Pass(StepNames.Completeness, figures);
        }
    }

    // The numbers are another's word: their sum may be larger than any of them can be.
    private static UInt128 Sum(IEnumerable<ulong> numbers) =>
        numbers.Aggregate(UInt128.Zero, static (sum, number) => sum + number);
}
