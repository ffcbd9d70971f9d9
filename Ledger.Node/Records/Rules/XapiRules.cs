using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// The rules of a statement, of xAPI 1.0.3 (part 2) and of IEEE 9274.1.1 (section 4.2). Each throws
/// <see cref="RecordFormatException"/>.
/// </summary>
internal static class XapiRules
{
    /// <summary>The verb of a statement that voids another.</summary>
    public const string VoidedVerb = "http://adlnet.gov/expapi/verbs/voided";

    /// <summary>Checks a whole statement; returns its actor's key and its verb's IRI.</summary>
    public static (string ActorKey, string VerbIri) Statement(JsonCursor statement, XapiVersion version)
    {
        FieldRules.Members(
            statement, "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority",
            "version", "attachments");
        FieldRules.NoNulls(statement);
        FieldRules.IfPresent(statement, "id", value => FieldRules.Uuid(value));
        FieldRules.IfPresent(statement, "stored", value => FieldRules.Time(value));
        FieldRules.IfPresent(statement, "authority", ActorRules.Authority);
        FieldRules.IfPresent(statement, "version", value => Version(value, version));
        return Body(statement, version, isSubStatement: false);
    }

    private static (string ActorKey, string VerbIri) Body(
        JsonCursor statement, XapiVersion version, bool isSubStatement)
    {
        string actor = ActorRules.Actor(FieldRules.Required(statement, "actor"));
        string verb = Verb(FieldRules.Required(statement, "verb"));
        JsonCursor target = FieldRules.Required(statement, "object");
        string targetType = Target(target, version, isSubStatement);
        if (verb == VoidedVerb && targetType != "StatementRef")
        {
            throw FieldRules.Refuse(
                target.Path, "voiding", "A statement that voids another has a StatementRef as its object.");
        }

        FieldRules.IfPresent(statement, "timestamp", value => FieldRules.Time(value));
        FieldRules.IfPresent(statement, "result", ResultRules.Result);
        FieldRules.IfPresent(statement, "context", value => ContextRules.Context(value, targetType, version));
        FieldRules.IfPresent(statement, "attachments", AttachmentRules.Attachments);
        return (actor, verb);
    }

    private static string Verb(JsonCursor verb)
    {
        FieldRules.Members(verb, "id", "display");
        FieldRules.IfPresent(verb, "display", FieldRules.LanguageMap);
        return KeyLimits.Iri(FieldRules.Required(verb, "id"));
    }

    private static string Target(JsonCursor target, XapiVersion version, bool isInSubStatement)
    {
        FieldRules.Kind(target, JsonKind.Object);
        string type =
            FieldRules.TryGet(target, "objectType", out JsonCursor named) ? FieldRules.Text(named) : "Activity";
        switch (type)
        {
            case "Activity":
                ActivityRules.Activity(target);
                break;
            case "Agent" or "Group":
                ActorRules.Actor(target);
                break;
            case "StatementRef":
                ContextRules.StatementRef(target);
                break;
            case "SubStatement" when !isInSubStatement:
                SubStatement(target, version);
                break;
            default:
                throw FieldRules.Refuse(named.Path, "object-type", $"'{type}' cannot be an object here.");
        }

        return type;
    }

    private static void SubStatement(JsonCursor statement, XapiVersion version)
    {
        FieldRules.Members(
            statement, "objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments");
        Body(statement, version, isSubStatement: true);
    }

    // A store of the second version keeps what was made by the first; the other way round nobody could read it.
    private static void Version(JsonCursor version, XapiVersion spoken)
    {
        string text = FieldRules.Text(version);
        if (!XapiVersions.TryRead(text, out XapiVersion named) || named > spoken)
        {
            string taken = spoken == XapiVersion.V1 ? "1.0 or 1.0.x" : "1.0, 1.0.x, 2.0 or 2.0.x";
            throw FieldRules.Refuse(version.Path, "version", $"Version '{text}' is not {taken}.");
        }
    }
}
