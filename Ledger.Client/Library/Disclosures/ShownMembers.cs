using System.Text;
using Ledger.Client.Records;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Disclosures;

/// <summary>
/// What a verified disclosure shows, in sums: nothing of it is said by the learner, all of it follows from the records.
/// </summary>
public static class ShownMembers
{
    private const string ObjectPointer = "/object";

    /// <summary>Each value of each shown member with the records that have it.</summary>
    public static IReadOnlyList<ShownMember> Of(DisclosureBody body) =>
    [
        .. body.Ranges.SelectMany(range => range.Records
            .SelectMany(static record => record.Slots.Select(slot => (record.Leaf.Index, Slot: slot)))
            .GroupBy(static one => (one.Slot.Pointer, one.Slot.Value))
            .Select(group => new ShownMember(
                range.Verb,
                new Address(range.Writer.Span),
                group.Key.Pointer,
                group.Key.Value.IsEmpty ? null : Encoding.UTF8.GetString(group.Key.Value.Span),
                [.. group.Select(static one => one.Index)],
                CountedOf(range)))),
    ];

    /// <summary>How many records of a range the ledger counts that are not erased.</summary>
    public static ulong CountedOf(DisclosedRange range) => range.Range.Count - range.Range.Erased;

    /// <summary>
    /// How many different activities the shown records are about, by the ids of their objects; null where not every
    /// shown record shows its object. Two records can be about one task, so records are no count of tasks.
    /// </summary>
    public static int? ActivitiesOf(DisclosedRange range)
    {
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (DisclosedRecord record in range.Records)
        {
            DisclosedSlot? slot = record.Slots.FirstOrDefault(static slot => slot.Pointer == ObjectPointer);
            if (slot is null || slot.Value.IsEmpty || IdOf(slot.Value.Span) is not { } id)
            {
                return null;
            }

            ids.Add(id);
        }

        return range.Records.Count == 0 ? null : ids.Count;
    }

    // In xAPI an object with an id; in Caliper its IRI alone as well.
    private static string? IdOf(ReadOnlySpan<byte> value)
    {
        JsonCursor root = JsonTree.Parse(value).Root;
        return root.Kind switch
        {
            JsonKind.String => root.Text,
            JsonKind.Object when root.TryGet("id"u8, out JsonCursor id) && id.Kind == JsonKind.String => id.Text,
            JsonKind.Object or JsonKind.Array or JsonKind.Number or JsonKind.True or JsonKind.False or JsonKind.Null =>
                null,
            _ => null,
        };
    }
}
