using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of a statement's context, and of references to statements.</summary>
internal static class ContextRules
{
    private static readonly string[] First =
    [
        "registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
        "extensions",
    ];

    private static readonly string[] Second = [.. First, "contextAgents", "contextGroups"];

    /// <summary>Checks a context; some of it needs an activity as the statement's object.</summary>
    public static void Context(JsonCursor context, string targetType, XapiVersion version)
    {
        FieldRules.Members(context, version == XapiVersion.V1 ? First : Second);
        FieldRules.IfPresent(context, "registration", value => FieldRules.Uuid(value));
        FieldRules.IfPresent(context, "instructor", value => ActorRules.Actor(value));
        FieldRules.IfPresent(context, "team", value => ActorRules.Group(value));
        FieldRules.IfPresent(context, "contextActivities", ContextActivities);
        FieldRules.IfPresent(context, "contextAgents", value => Members(value, "contextAgent", "agent"));
        FieldRules.IfPresent(context, "contextGroups", value => Members(value, "contextGroup", "group"));
        FieldRules.IfPresent(context, "language", FieldRules.Language);
        FieldRules.IfPresent(context, "statement", StatementRef);
        FieldRules.IfPresent(context, "extensions", FieldRules.Extensions);
        FieldRules.IfPresent(context, "revision", value => ActivityOnly(value, targetType));
        FieldRules.IfPresent(context, "platform", value => ActivityOnly(value, targetType));
    }

    /// <summary>Checks a reference to a statement.</summary>
    public static void StatementRef(JsonCursor reference)
    {
        FieldRules.Members(reference, "objectType", "id");
        if (FieldRules.Text(FieldRules.Required(reference, "objectType")) != "StatementRef")
        {
            throw FieldRules.Refuse($"{reference.Path}/objectType", "object-type", "A StatementRef is expected.");
        }

        FieldRules.Uuid(FieldRules.Required(reference, "id"));
    }

    private static void ActivityOnly(JsonCursor value, string targetType)
    {
        FieldRules.Kind(value, JsonKind.String);
        if (targetType != "Activity")
        {
            throw FieldRules.Refuse(value.Path, "activity-only", "This needs an activity as the statement's object.");
        }
    }

    private static void ContextActivities(JsonCursor activities)
    {
        FieldRules.Members(activities, "parent", "grouping", "category", "other");
        foreach (JsonCursor entry in activities)
        {
            if (entry.Kind != JsonKind.Array)
            {
                ActivityRules.Activity(entry);
                continue;
            }

            foreach (JsonCursor activity in entry)
            {
                ActivityRules.Activity(activity);
            }
        }
    }

    // Agents and groups of a context (IEEE 9274.1.1, 4.2.2.5) have one form, but for their names.
    private static void Members(JsonCursor list, string objectType, string who)
    {
        FieldRules.Kind(list, JsonKind.Array);
        foreach (JsonCursor entry in list)
        {
            FieldRules.Members(entry, "objectType", who, "relevantTypes");
            JsonCursor type = FieldRules.Required(entry, "objectType");
            if (FieldRules.Text(type) != objectType)
            {
                throw FieldRules.Refuse(type.Path, "object-type", $"'{objectType}' is expected, not '{type.Text}'.");
            }

            JsonCursor actor = FieldRules.Required(entry, who);
            _ = who == "agent" ? ActorRules.Agent(actor) : ActorRules.Group(actor);
            FieldRules.IfPresent(entry, "relevantTypes", RelevantTypes);
        }
    }

    private static void RelevantTypes(JsonCursor types)
    {
        FieldRules.Kind(types, JsonKind.Array);
        if (types.Count == 0)
        {
            throw FieldRules.Refuse(types.Path, "not-empty", "A list of relevant types has at least one.");
        }

        foreach (JsonCursor type in types)
        {
            FieldRules.Iri(type);
        }
    }
}
