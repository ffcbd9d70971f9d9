using System.Collections.Immutable;
using Ledger.Client.Records;

namespace Ledger.Client.Limits;

/// <summary>
/// The activities that a record is about: its object, and those of its context. xAPI: <c>object.id</c> and
/// <c>context.contextActivities</c>; Caliper: <c>object</c>, <c>target</c> and <c>group</c>, each with what it is part
/// of.
/// </summary>
public static class RecordActivities
{
    /// <summary>
    /// How far a Caliper object is followed up: a course section is part of an offering, that of a course.
    /// </summary>
    private const int PartsMax = 8;

    /// <summary>The IRIs; none for bytes that are no record.</summary>
    public static ImmutableSortedSet<string> Of(RecordType type, ReadOnlySpan<byte> committed)
    {
        ImmutableSortedSet<string>.Builder found = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        try
        {
            JsonCursor root = JsonTree.Parse(committed).Root;
            if (type == RecordType.XapiStatement)
            {
                AddXapi(root, found);
            }
            else
            {
                AddParts(root, "object"u8, found);
                AddParts(root, "target"u8, found);
                AddParts(root, "group"u8, found);
            }
        }
        catch (RecordFormatException)
        {
            // A store that was tampered with has no activity: nothing of it is covered.
            return [];
        }

        return found.ToImmutable();
    }

    private static void AddXapi(JsonCursor root, ImmutableSortedSet<string>.Builder found)
    {
        if (root.TryGet("object"u8, out JsonCursor about))
        {
            AddId(about, found);
        }

        if (!root.TryGet("context"u8, out JsonCursor context)
            || !context.TryGet("contextActivities"u8, out JsonCursor activities)
            || activities.Kind != JsonKind.Object)
        {
            return;
        }

        foreach (JsonCursor relation in activities)
        {
            // xAPI lets a single activity stand without a list.
            if (relation.Kind == JsonKind.Array)
            {
                foreach (JsonCursor activity in relation)
                {
                    AddId(activity, found);
                }
            }
            else
            {
                AddId(relation, found);
            }
        }
    }

    private static void AddParts(JsonCursor root, ReadOnlySpan<byte> name, ImmutableSortedSet<string>.Builder found)
    {
        bool there = root.TryGet(name, out JsonCursor part);
        for (int step = 0; there && step < PartsMax; step++)
        {
            AddId(part, found);
            there = part.TryGet("isPartOf"u8, out JsonCursor whole)
                || part.TryGet("subOrganizationOf"u8, out whole);
            part = whole;
        }
    }

    // Caliper refers to what it has described by the IRI alone.
    private static void AddId(JsonCursor value, ImmutableSortedSet<string>.Builder found)
    {
        if (value.Kind == JsonKind.String)
        {
            found.Add(value.Text);
        }
        else if (value.TryGet("id"u8, out JsonCursor id) && id.Kind == JsonKind.String)
        {
            found.Add(id.Text);
        }
    }
}
