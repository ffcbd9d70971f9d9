using System.Globalization;
using Ledger.Client.Disclosures;
using Ledger.Client.Records;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Verification;

/// <summary>
/// That the learner shows it, that the shown members are those of records which stand on the ledger, and how many there
/// are in all. Whether it has ended is judged apart, for that takes a clock.
/// </summary>
internal static class DisclosureCheck
{
    public static void Run(Disclosure disclosure, TrustRoot trust, VerificationReport report)
    {
        if (!ProofVerifier.KnowsVersion(disclosure.Version, report))
        {
            return;
        }

        if (disclosure.Key is null
            || !CanonicalMessage.TryParse(DisclosureBody.Parser, disclosure.Body.Span, out DisclosureBody? body))
        {
            report.Fail(StepNames.Format, "The disclosure cannot be read.");
            return;
        }

        if (DisclosureForm.FaultOf(body, trust.ChainId) is { } fault)
        {
            report.Fail(StepNames.Format, $"The disclosure is not one: {fault}");
            return;
        }

        Address learner = new(body.Learner.Span);
        Hash256 id = DisclosureMessages.IdOf(trust.ChainId, disclosure.Body.Span);
        if (!SignedWordCheck.Run(
                disclosure.Key, learner, id, disclosure.Signature.Span, ("disclosure", "learner"), trust, report)
            || ChainCheck.Run(trust, disclosure.Membership, disclosure.Block, report) is not { } header)
        {
            return;
        }

        foreach (DisclosedRange range in body.Ranges)
        {
            CheckRange(learner, range, header, report);
        }

        if (report.Verdict == Verdict.Passed)
        {
            report.Disclosure = body;
            report.DisclosureId = id;
            report.RecordsVerified = body.Ranges.Sum(static range => range.Records.Count);
        }
    }

    private static void CheckRange(
        Address learner, DisclosedRange range, BlockHeader header, VerificationReport report)
    {
        Address writer = new(range.Writer.Span);
        string name = $"{range.Verb} by writer {writer.ToShortString()}";
        if (!report.Check(
            RangeEvidence.Holds(new LlpcName(learner, range.Verb), writer, range.Range, range.RangeProof, header),
            StepNames.Inclusion,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The ledger counts {range.Range?.Count ?? 0} records of {name} at block {header.Height}, "
                    + $"{range.Range?.Erased ?? 0} of them erased."),
            string.Create(
                CultureInfo.InvariantCulture,
                $"The number of records of {name} is not proved at block {header.Height}.")))
        {
            return;
        }

        bool holds = true;
        foreach (DisclosedRecord record in range.Records)
        {
            holds &= CheckRecord(range.Range!, record, name, report);
        }

        if (holds)
        {
            report.Pass(
                StepNames.Content,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {name} members of {range.Records.Count} records are shown, each as the ledger committed it. "
                        + $"Of their other members and of the other records it says nothing."));
        }
    }

    private static bool CheckRecord(
        RecordRange range, DisclosedRecord record, string name, VerificationReport report)
    {
        if (!RecordRanges.Verify(range, record.Leaf.LeafHash, record.Proof))
        {
            report.Fail(
                StepNames.Inclusion,
                FormattableString.Invariant($"Record {record.Leaf.Index} of {name} does not stand on the ledger."));
            return false;
        }

        RecordType type = RecordTypeNames.Find(record.Type)!.Value;
        Hash256 commitment = new(record.Leaf.Commitment.Span);
        bool holds = true;
        foreach (DisclosedSlot slot in record.Slots.Where(slot => !DisclosedSlots.Verify(slot, type, commitment)))
        {
            holds = false;
            report.Fail(
                StepNames.Content,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MISMATCH, {slot.Pointer} of record {record.Leaf.Index} of {name} is not what the ledger "
                        + $"committed."));
        }

        return holds;
    }
}
