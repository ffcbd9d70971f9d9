using Ledger.Client.Records;

namespace Ledger.Client.Disclosures;

/// <summary>
/// Which records a learner shows, and which of their members. Without members only the ledger's own counts are shown.
/// </summary>
/// <param name="Ids">Only records of these ids; empty for any.</param>
/// <param name="Conditions">
/// Only records that have these values, by slot, in canonical JSON; the slots are shown.
/// </param>
/// <param name="Pointers">Slots, or objects with slots of their own, that are shown besides.</param>
public sealed record DisclosureChoice(
    IReadOnlySet<string> Ids,
    IReadOnlyList<(string Pointer, ReadOnlyMemory<byte> Value)> Conditions,
    IReadOnlyList<string> Pointers)
{
    /// <summary>The counts of the ledger, and nothing of any record.</summary>
    public static DisclosureChoice Counts { get; } = new(new HashSet<string>(), [], []);

    /// <summary>Whether the chosen records are shown with all of their members.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Whether no member of any record is shown.</summary>
    public bool IsCountsOnly => !IsWhole && Conditions.Count == 0 && Pointers.Count == 0;

    /// <summary>
    /// The slots of a record that are shown; null where the record is not chosen. Throws <see cref="FormatException"/>
    /// for a pointer that is no slot of this type.
    /// </summary>
    /// <param name="type">The kind of record.</param>
    /// <param name="content">Its committed members as JSON.</param>
    /// <param name="salt">Its salt, 32 bytes.</param>
    public IReadOnlyList<SlotProof>? Choose(RecordType type, ReadOnlySpan<byte> content, ReadOnlySpan<byte> salt)
    {
        if (Ids.Count > 0 && !Ids.Contains(CommittedRecord.Read(type, content).Id))
        {
            return null;
        }

        string[] pointers = [.. Conditions.Select(static one => one.Pointer), .. Pointers];
        if (pointers.FirstOrDefault(pointer => !SlotPlace.TryFind(SlotLayout.Of(type), pointer, out _)) is { } unknown)
        {
            throw new FormatException(
                $"{unknown} is no slot of this kind of record. Members that can be shown alone: "
                    + string.Join(' ', RecordCommitment.SlotPointers(type)));
        }

        IReadOnlyList<SlotProof> shown = RecordCommitment.Prove(
            type, content, salt, IsWhole ? pointers.Concat(RecordCommitment.SlotPointers(type)) : pointers);
        return Conditions.All(one => shown.Any(proof => Has(proof, one.Pointer, one.Value))) ? shown : null;
    }

    private static bool Has(SlotProof proof, string pointer, ReadOnlyMemory<byte> value) =>
        proof.Pointer == pointer && proof.Value is { } held && held.Span.SequenceEqual(value.Span);
}
