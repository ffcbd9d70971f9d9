using System.Text.RegularExpressions;
using Ledger.Client.Records;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// The rules of a Caliper entity, whole or by its IRI (1.1, section 2.2). Each throws
/// <see cref="RecordFormatException"/>.
/// </summary>
internal static partial class EntityRules
{
    private static readonly string[] Times =
    [
        "dateCreated", "dateModified", "datePublished", "dateToActivate", "dateToShow", "dateToStartOn", "dateToSubmit",
        "startedAtTime", "endedAtTime",
    ];

    private static readonly string[] Durations = ["duration", "currentTime"];

    private static readonly string[] Texts = ["name", "description"];

    // Maps whose names and values are the sender's own.
    private static readonly string[] Open =
        ["extensions", "@context", "messageParameters", "launchParameters", "searchParameters"];

    /// <summary>
    /// Checks an entity and what is inside it; returns its id. It must be of one of the kinds, as far as it says what
    /// it is: an IRI alone does not.
    /// </summary>
    public static string Participant(
        JsonCursor entity, IReadOnlyList<string> kinds, CaliperVersion version, string rule)
    {
        if (entity.Kind == JsonKind.String)
        {
            return Id(entity);
        }

        EntityType type = Described(entity, version);
        return kinds.Any(kind => EntityTypes.Is(type, kind))
            ? FieldRules.Required(entity, "id").Text
            : throw FieldRules.Refuse(
                $"{entity.Path}/type", rule, $"'{type.Name}' cannot stand here; it is one of {List(kinds)}.");
    }

    /// <summary>Checks an entity that is given whole, and what is inside it; returns what it is.</summary>
    public static EntityType Described(JsonCursor entity, CaliperVersion version)
    {
        FieldRules.Kind(entity, JsonKind.Object);
        JsonCursor name = FieldRules.Required(entity, "type");
        if (!EntityTypes.TryGet(FieldRules.Text(name), version, out EntityType? type))
        {
            throw FieldRules.Refuse(
                name.Path, "caliper.entity-type", $"'{name.Text}' is not an entity of this version of Caliper.");
        }

        if (type.HasId)
        {
            Id(FieldRules.Required(entity, "id"));
        }

        foreach (JsonCursor member in entity)
        {
            Member(member, version);
        }

        return type;
    }

    /// <summary>The value must be a time to the millisecond in UTC, as Caliper writes it.</summary>
    public static void Time(JsonCursor value)
    {
        FieldRules.Time(value);
        if (!TimePattern().IsMatch(value.Text))
        {
            throw FieldRules.Refuse(
                value.Path, "caliper.time", $"'{value.Text}' is not of the form YYYY-MM-DDTHH:mm:ss.SSSZ.");
        }
    }

    private static void Member(JsonCursor member, CaliperVersion version)
    {
        string name = member.Name;
        if (member.Kind == JsonKind.Null || Open.Contains(name))
        {
            return;
        }

        if (Times.Contains(name))
        {
            Time(member);
        }
        else if (Durations.Contains(name))
        {
            FieldRules.Duration(member);
        }
        else if (Texts.Contains(name))
        {
            FieldRules.Kind(member, JsonKind.String);
        }
        else if (member.Kind == JsonKind.Object)
        {
            Described(member, version);
        }
        else if (member.Kind == JsonKind.Array)
        {
            Elements(member, version);
        }
    }

    private static void Elements(JsonCursor list, CaliperVersion version)
    {
        foreach (JsonCursor element in list)
        {
            if (element.Kind == JsonKind.Object)
            {
                Described(element, version);
            }
        }
    }

    // JSON-LD names what has no IRI within one document alone: a blank node.
    private static string Id(JsonCursor id)
    {
        string text = FieldRules.Text(id);
        return text.StartsWith("_:", StringComparison.Ordinal) ? FieldRules.Plain(id) : FieldRules.Iri(id);
    }

    private static string List(IReadOnlyList<string> kinds) => string.Join(", ", kinds);

    [GeneratedRegex("""^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z\z""")]
    private static partial Regex TimePattern();
}
