using System.Globalization;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of xAPI 1.0.3 for a statement. Each throws <see cref="RecordFormatException"/>.</summary>
internal static class XapiRules
{
    private const string VoidedVerb = "http://adlnet.gov/expapi/verbs/voided";

    /// <summary>Checks a whole statement; returns its actor's key and its verb's IRI.</summary>
    public static (string ActorKey, string VerbIri) Statement(JsonCursor statement)
    {
        FieldRules.Members(
            statement, "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority",
            "version", "attachments");
        FieldRules.NoNulls(statement);
        IfPresent(statement, "id", value => FieldRules.Uuid(value));
        IfPresent(statement, "stored", value => FieldRules.Time(value));
        IfPresent(statement, "authority", value => ActorRules.Actor(value));
        IfPresent(statement, "version", Version);
        return Body(statement, isSubStatement: false);
    }

    private static (string ActorKey, string VerbIri) Body(JsonCursor statement, bool isSubStatement)
    {
        string actor = ActorRules.Actor(FieldRules.Required(statement, "actor"));
        string verb = Verb(FieldRules.Required(statement, "verb"));
        JsonCursor target = FieldRules.Required(statement, "object");
        string targetType = Target(target, isSubStatement);
        if (verb == VoidedVerb && targetType != "StatementRef")
        {
            throw FieldRules.Refuse(
                target.Path, "voiding", "A statement that voids another has a StatementRef as its object.");
        }

        IfPresent(statement, "timestamp", value => FieldRules.Time(value));
        IfPresent(statement, "result", ResultRules.Result);
        IfPresent(statement, "context", value => Context(value, targetType));
        IfPresent(statement, "attachments", Attachments);
        return (actor, verb);
    }

    private static string Verb(JsonCursor verb)
    {
        FieldRules.Members(verb, "id", "display");
        IfPresent(verb, "display", FieldRules.LanguageMap);
        return FieldRules.Iri(FieldRules.Required(verb, "id"));
    }

    private static string Target(JsonCursor target, bool isInSubStatement)
    {
        FieldRules.Kind(target, JsonKind.Object);
        string type =
            FieldRules.TryGet(target, "objectType", out JsonCursor named) ? FieldRules.Text(named) : "Activity";
        switch (type)
        {
            case "Activity":
                Activity(target);
                break;
            case "Agent" or "Group":
                ActorRules.Actor(target);
                break;
            case "StatementRef":
                StatementRef(target);
                break;
            case "SubStatement" when !isInSubStatement:
                SubStatement(target);
                break;
            default:
                throw FieldRules.Refuse(named.Path, "object-type", $"'{type}' cannot be an object here.");
        }

        return type;
    }

    private static void Activity(JsonCursor activity)
    {
        FieldRules.Members(activity, "objectType", "id", "definition");
        if (FieldRules.TryGet(activity, "objectType", out JsonCursor type) && FieldRules.Text(type) != "Activity")
        {
            throw FieldRules.Refuse(type.Path, "object-type", $"An Activity is expected, not '{type.Text}'.");
        }

        FieldRules.Iri(FieldRules.Required(activity, "id"));
        IfPresent(activity, "definition", Definition);
    }

    private static void Definition(JsonCursor definition)
    {
        FieldRules.Members(
            definition, "name", "description", "type", "moreInfo", "extensions", "interactionType",
            "correctResponsesPattern", "choices", "scale", "source", "target", "steps");
        IfPresent(definition, "name", FieldRules.LanguageMap);
        IfPresent(definition, "description", FieldRules.LanguageMap);
        IfPresent(definition, "type", value => FieldRules.Iri(value));
        IfPresent(definition, "moreInfo", value => FieldRules.Iri(value));
        IfPresent(definition, "extensions", FieldRules.Extensions);
        IfPresent(definition, "interactionType", value => FieldRules.Text(value));
        foreach (string list in (string[])["correctResponsesPattern", "choices", "scale", "source", "target", "steps"])
        {
            IfPresent(definition, list, value => FieldRules.Kind(value, JsonKind.Array));
        }
    }

    private static void StatementRef(JsonCursor reference)
    {
        FieldRules.Members(reference, "objectType", "id");
        if (FieldRules.Text(FieldRules.Required(reference, "objectType")) != "StatementRef")
        {
            throw FieldRules.Refuse($"{reference.Path}/objectType", "object-type", "A StatementRef is expected.");
        }

        FieldRules.Uuid(FieldRules.Required(reference, "id"));
    }

    private static void SubStatement(JsonCursor statement)
    {
        FieldRules.Members(
            statement, "objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments");
        Body(statement, isSubStatement: true);
    }

    private static void Context(JsonCursor context, string targetType)
    {
        FieldRules.Members(
            context, "registration", "instructor", "team", "contextActivities", "revision", "platform", "language",
            "statement", "extensions");
        IfPresent(context, "registration", value => FieldRules.Uuid(value));
        IfPresent(context, "instructor", value => ActorRules.Actor(value));
        IfPresent(context, "team", value => ActorRules.Group(value));
        IfPresent(context, "contextActivities", ContextActivities);
        IfPresent(context, "language", FieldRules.Language);
        IfPresent(context, "statement", StatementRef);
        IfPresent(context, "extensions", FieldRules.Extensions);
        foreach (string name in (string[])["revision", "platform"])
        {
            IfPresent(context, name, value => ActivityOnly(value, targetType));
        }
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
                Activity(entry);
                continue;
            }

            foreach (JsonCursor activity in entry)
            {
                Activity(activity);
            }
        }
    }

    private static void Attachments(JsonCursor attachments)
    {
        FieldRules.Kind(attachments, JsonKind.Array);
        foreach (JsonCursor attachment in attachments)
        {
            FieldRules.Members(
                attachment, "usageType", "display", "description", "contentType", "length", "sha2", "fileUrl");
            FieldRules.Iri(FieldRules.Required(attachment, "usageType"));
            FieldRules.LanguageMap(FieldRules.Required(attachment, "display"));
            IfPresent(attachment, "description", FieldRules.LanguageMap);
            FieldRules.Text(FieldRules.Required(attachment, "contentType"));
            FieldRules.Text(FieldRules.Required(attachment, "sha2"));
            FieldRules.Iri(FieldRules.Required(attachment, "fileUrl"));
            JsonCursor length = FieldRules.Required(attachment, "length");
            FieldRules.Kind(length, JsonKind.Number);
            if (!long.TryParse(length.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                throw FieldRules.Refuse(length.Path, "length", "A length is a whole number of bytes.");
            }
        }
    }

    private static void Version(JsonCursor version)
    {
        if (!IsSupportedVersion(FieldRules.Text(version)))
        {
            throw FieldRules.Refuse(version.Path, "version", $"Version '{version.Text}' is not 1.0 or 1.0.x.");
        }
    }

    /// <summary>Whether a version is 1.0 or 1.0.x.</summary>
    public static bool IsSupportedVersion(string version) =>
        version == "1.0" || (version.StartsWith("1.0.", StringComparison.Ordinal)
            && int.TryParse(version.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static void IfPresent(JsonCursor parent, string name, Action<JsonCursor> check)
    {
        if (FieldRules.TryGet(parent, name, out JsonCursor member))
        {
            check(member);
        }
    }
}
