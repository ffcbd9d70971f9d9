using Ledger.Client.Disclosures;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Corrections;

/// <summary>
/// Shows that a record is corrected by a later one of the same range, with as little of both as shows it, and verifies
/// that. Whoever says that a record is superseded cannot say it of one that nobody corrected. Rule W-4 of
/// <c>docs/corrections.md</c>.
/// </summary>
public static class SupersededProof
{
    /// <summary>Makes the proof of two records that are as the ledger committed them.</summary>
    public static SupersededRecord Make(ReleasedRecord earlier, ReleasedRecord correction)
    {
        RecordWord first = WordOf(earlier);
        RecordWord later = WordOf(correction);
        // Where the two correct the same record, the first one's own words say so.
        string[] shown = first.Id == later.Corrects
            ? [RecordCorrection.IdSlot]
            : [RecordCorrection.IdSlot, RecordCorrection.SlotOf(TypeOf(earlier))];
        return new SupersededRecord
        {
            Earlier = Show(earlier, shown),
            Correction = Show(correction, [RecordCorrection.SlotOf(TypeOf(correction))]),
        };
    }

    /// <summary>The id of the earlier record, as its slot shows it; null where it shows none.</summary>
    public static string? IdOf(SupersededRecord superseded) =>
        ValueOf(superseded.Earlier, RecordCorrection.IdSlot) is { } value
            ? RecordCorrection.IdInSlot(value.Span)
            : null;

    /// <summary>What is wrong with a proof in a range whose value was verified; null where it holds.</summary>
    internal static string? FaultOf(RecordRange range, SupersededRecord superseded)
    {
        if (superseded.Earlier is not { } earlier
            || superseded.Correction is not { } correction
            || !DisclosureForm.IsRecord(earlier)
            || !DisclosureForm.IsRecord(correction))
        {
            return "the two records are not shown.";
        }

        if (!Stands(range, earlier) || !Stands(range, correction))
        {
            return "one of the two is not what the ledger holds at its place.";
        }

        if (earlier.Leaf.Index >= correction.Leaf.Index)
        {
            return "what is said to correct it is no later word.";
        }

        string? id = IdOf(superseded);
        return id is not null
            && CorrectedBy(correction) is { } corrected
            && (corrected == id || corrected == CorrectedBy(earlier))
                ? null
                : "what is said to correct it corrects another record, or none.";
    }

    private static bool Stands(RecordRange range, DisclosedRecord record)
    {
        RecordType? type = RecordTypeNames.Find(record.Type);
        return type is not null
            && RecordRanges.Verify(range, record.Leaf.LeafHash, record.Proof)
            && record.Slots.All(slot => DisclosedSlots.Verify(
                slot, type.Value, new Hash256(record.Leaf.Commitment.Span)));
    }

    private static string? CorrectedBy(DisclosedRecord record) =>
        RecordTypeNames.Find(record.Type) is { } type && ValueOf(record, RecordCorrection.SlotOf(type)) is { } value
            ? RecordCorrection.InSlot(value.Span)
            : null;

    private static ReadOnlyMemory<byte>? ValueOf(DisclosedRecord record, string pointer) =>
        record.Slots.FirstOrDefault(one => one.Pointer == pointer) is { Value.IsEmpty: false } slot
            ? slot.Value.Memory
            : default(ReadOnlyMemory<byte>?);

    private static DisclosedRecord Show(ReleasedRecord record, string[] pointers)
    {
        DisclosedRecord shown = new() { Leaf = record.Leaf, Proof = record.Proof, Type = record.Type };
        shown.Slots.AddRange(RecordCommitment.Prove(
            TypeOf(record), record.Content.Span, record.Salt.Span, pointers).Select(DisclosedSlots.ToMessage));
        return shown;
    }

    private static RecordWord WordOf(ReleasedRecord record) =>
        RecordCorrection.Of(TypeOf(record), record.Leaf.Index, record.Content.Span);

    private static RecordType TypeOf(ReleasedRecord record) => RecordTypeNames.Find(record.Type)
        ?? throw new InvalidOperationException("A record whose commitment was computed has a type.");
}
