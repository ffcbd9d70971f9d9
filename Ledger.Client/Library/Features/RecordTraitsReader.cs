using System.Globalization;
using Ledger.Client.Records;

namespace Ledger.Client.Features;

/// <summary>
/// Reads out of a committed record what features are made of: activity, time, score, success and skills. Nothing else
/// goes into it than the committed bytes, so that whoever has them reads the same.
/// </summary>
public static class RecordTraitsReader
{
    /// <summary>Activities of this type are skills, in the vocabulary of ADL.</summary>
    public const string SkillType = "http://adlnet.gov/expapi/activities/objective";

    /// <summary>Beyond this a number is no mark, and its differences might not fit.</summary>
    private const decimal MarkMax = 1_000_000_000;

    /// <summary>
    /// Reads a record. Throws <see cref="RecordFormatException"/> for bytes that are none; a member of another form
    /// than its standard's says nothing.
    /// </summary>
    public static RecordTraits Read(RecordType type, ReadOnlySpan<byte> committed)
    {
        CommittedRecord record = CommittedRecord.Read(type, committed);
        return type == RecordType.XapiStatement ? OfStatement(record) : OfEvent(record);
    }

    private static RecordTraits OfStatement(CommittedRecord record)
    {
        JsonCursor root = record.Root;
        SortedSet<string> skills = new(StringComparer.Ordinal);
        string activity = string.Empty;
        if (root.TryGet("object"u8, out JsonCursor about) && IsActivity(about))
        {
            activity = TextOf(about, "id"u8);
            AddSkill(about, skills);
        }

        if (root.TryGet("context"u8, out JsonCursor context)
            && context.TryGet("contextActivities"u8, out JsonCursor relations)
            && relations.Kind == JsonKind.Object)
        {
            foreach (JsonCursor relation in relations)
            {
                AddSkills(relation, skills);
            }
        }

        return root.TryGet("result"u8, out JsonCursor result)
            ? new RecordTraits(activity, TimeOf(record), BandOf(result), SuccessOf(result), skills)
            : new RecordTraits(activity, TimeOf(record), null, null, skills);
    }

    private static RecordTraits OfEvent(CommittedRecord record)
    {
        SortedSet<string> skills = new(StringComparer.Ordinal);
        string activity = string.Empty;
        if (record.Root.TryGet("object"u8, out JsonCursor about))
        {
            activity = about.Kind == JsonKind.String ? about.Text : TextOf(about, "id"u8);
            if (about.TryGet("learningObjectives"u8, out JsonCursor objectives) && objectives.Kind == JsonKind.Array)
            {
                foreach (JsonCursor objective in objectives)
                {
                    Add(objective.Kind == JsonKind.String ? objective.Text : TextOf(objective, "id"u8), skills);
                }
            }
        }

        int? band = record.Root.TryGet("generated"u8, out JsonCursor generated)
            && NumberOf(generated, "scoreGiven"u8) is { } given
            && NumberOf(generated, "maxScore"u8) is { } most
                ? BandOf(given, 0, most)
                : null;
        return new RecordTraits(activity, TimeOf(record), band, null, skills);
    }

    // Without a type an object of xAPI is an activity.
    private static bool IsActivity(JsonCursor about) =>
        about.Kind == JsonKind.Object && TextOf(about, "objectType"u8) is "" or "Activity";

    // xAPI lets a single activity stand without a list.
    private static void AddSkills(JsonCursor relation, SortedSet<string> skills)
    {
        if (relation.Kind != JsonKind.Array)
        {
            AddSkill(relation, skills);
            return;
        }

        foreach (JsonCursor activity in relation)
        {
            AddSkill(activity, skills);
        }
    }

    private static void AddSkill(JsonCursor activity, SortedSet<string> skills)
    {
        if (activity.TryGet("definition"u8, out JsonCursor definition) && TextOf(definition, "type"u8) == SkillType)
        {
            Add(TextOf(activity, "id"u8), skills);
        }
    }

    private static void Add(string skill, SortedSet<string> skills)
    {
        if (skill.Length > 0)
        {
            skills.Add(skill);
        }
    }

    private static int? BandOf(JsonCursor result)
    {
        if (!result.TryGet("score"u8, out JsonCursor score))
        {
            return null;
        }

        if (NumberOf(score, "scaled"u8) is { } scaled)
        {
            return BandOf(scaled, 0, 1);
        }

        return NumberOf(score, "raw"u8) is { } raw && NumberOf(score, "max"u8) is { } most
            ? BandOf(raw, NumberOf(score, "min"u8) ?? 0, most)
            : null;
    }

    // The ends of the scale belong to its first and last band, and so does what lies beyond them.
    private static int? BandOf(decimal mark, decimal least, decimal most)
    {
        if (most <= least)
        {
            return null;
        }

        decimal tenth = Math.Floor((mark - least) * FeatureDefinition.Bands / (most - least));
        return (int)Math.Clamp(tenth, 0, FeatureDefinition.Bands - 1);
    }

    private static bool? SuccessOf(JsonCursor result) => !result.TryGet("success"u8, out JsonCursor success)
        ? null
        : success.Kind switch
        {
            JsonKind.True => true,
            JsonKind.False => false,
            JsonKind.Null or JsonKind.Number or JsonKind.String or JsonKind.Array or JsonKind.Object => null,
            _ => null,
        };

    private static decimal? NumberOf(JsonCursor holder, ReadOnlySpan<byte> name) =>
        holder.TryGet(name, out JsonCursor member)
        && member.Kind == JsonKind.Number
        && decimal.TryParse(member.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number)
        && Math.Abs(number) <= MarkMax
            ? number
            : null;

    private static string TextOf(JsonCursor holder, ReadOnlySpan<byte> name) =>
        holder.TryGet(name, out JsonCursor member) && member.Kind == JsonKind.String ? member.Text : string.Empty;

    // A text without its date would be read as of today: what depends on the clock is no feature of a record.
    private static long? TimeOf(CommittedRecord record) =>
        record.Time is [_, _, _, _, '-', _, _, '-', _, _, ..]
        && DateTimeOffset.TryParse(
            record.Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUnixTimeMilliseconds()
            : null;
}
