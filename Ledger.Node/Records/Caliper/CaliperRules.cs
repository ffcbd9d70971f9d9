using Ledger.Client.Records;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// The rules of Caliper 1.1 and 1.2 for an event (section 2.1, appendix B, the profiles). Each throws
/// <see cref="RecordFormatException"/>.
/// </summary>
internal static class CaliperRules
{
    private const string UuidUrn = "urn:uuid:";

    private static readonly string[] MembersOfV1p1 =
    [
        "@context", "id", "type", "actor", "action", "object", "eventTime", "target", "generated", "edApp", "referrer",
        "group", "membership", "session", "federatedSession", "extensions",
    ];

    private static readonly string[] MembersOfV1p2 = [.. MembersOfV1p1, "profile"];

    // Who surrounds an event; an event's type does not change what they may be.
    private static readonly (string Name, string Kind)[] Surroundings =
    [
        ("edApp", "SoftwareApplication"), ("referrer", EntityTypes.Entity), ("group", "Organization"),
        ("membership", "Membership"), ("session", "Session"), ("federatedSession", "LtiSession"),
    ];

    /// <summary>Checks an event; returns its actor's key and its action's IRI.</summary>
    public static (string ActorKey, string VerbIri) Event(JsonCursor learningEvent)
    {
        FieldRules.Kind(learningEvent, JsonKind.Object);
        CaliperContext context = CaliperContext.Read(learningEvent);
        CaliperVersion version = context.Terms;
        FieldRules.Members(learningEvent, version == CaliperVersion.V1p1 ? MembersOfV1p1 : MembersOfV1p2);
        EventId(FieldRules.Required(learningEvent, "id"));
        EventShape shape = Shape(learningEvent, version);
        string actor = EntityRules.Participant(
            FieldRules.Required(learningEvent, "actor"), shape.Actors, version, "caliper.actor");
        EntityRules.Participant(
            FieldRules.Required(learningEvent, "object"), shape.Objects, version, "caliper.object");
        EntityRules.Time(FieldRules.Required(learningEvent, "eventTime"));
        Optional(learningEvent, "target", shape.Targets, version, "caliper.target");
        Optional(learningEvent, "generated", shape.Generated, version, "caliper.generated");
        foreach ((string name, string kind) in Surroundings)
        {
            Optional(learningEvent, name, [kind], version, "caliper.context-entity");
        }

        Extensions(learningEvent);
        string term = CaliperActions.Term(FieldRules.Required(learningEvent, "action"), version);
        string key = KeyLimits.Actor($"{learningEvent.Path}/actor", ActorKey.OfCaliper(actor));
        return (key, CaliperActions.Vocabulary + term);
    }

    /// <summary>Whether an object of an envelope is an event, as far as its type says.</summary>
    public static bool IsEvent(JsonCursor described) =>
        described.Kind == JsonKind.Object
        && described.TryGet("type"u8, out JsonCursor type)
        && !EntityTypes.TryGet(type.Text, CaliperVersion.V1p2, out _);

    private static EventShape Shape(JsonCursor learningEvent, CaliperVersion version)
    {
        JsonCursor type = FieldRules.Required(learningEvent, "type");
        IReadOnlyList<EventShape> shapes = EventShapes.Of(FieldRules.Text(type), version);
        if (shapes.Count == 0)
        {
            throw FieldRules.Refuse(
                type.Path, "caliper.event-type", $"'{type.Text}' is not an event of this version of Caliper.");
        }

        Profile(learningEvent, type.Text);
        JsonCursor action = FieldRules.Required(learningEvent, "action");
        string term = CaliperActions.Term(action, version);
        return shapes.FirstOrDefault(shape => shape.Takes(term)) ?? throw FieldRules.Refuse(
            action.Path,
            "caliper.event-action",
            $"'{term}' is not an action of {type.Text}; these are: "
            + $"{string.Join(", ", shapes.SelectMany(shape => shape.Actions))}.");
    }

    private static void Profile(JsonCursor learningEvent, string type)
    {
        if (!Has(learningEvent, "profile", out JsonCursor profile))
        {
            return;
        }

        IReadOnlyList<string> types = EventShapes.OfProfile(FieldRules.Text(profile)) ?? throw FieldRules.Refuse(
            profile.Path, "caliper.profile", $"'{profile.Text}' is not a profile of Caliper.");
        if (!types.Contains(type))
        {
            throw FieldRules.Refuse(
                profile.Path, "caliper.profile", $"{profile.Text} has no {type}; it has {string.Join(", ", types)}.");
        }
    }

    private static void EventId(JsonCursor id)
    {
        string text = FieldRules.Text(id);
        if (!text.StartsWith(UuidUrn, StringComparison.Ordinal)
            || !Guid.TryParseExact(text[UuidUrn.Length..], "D", out _))
        {
            throw FieldRules.Refuse(id.Path, "caliper.uuid", $"'{text}' is not of the form urn:uuid:UUID.");
        }
    }

    private static void Optional(
        JsonCursor learningEvent, string name, IReadOnlyList<string> kinds, CaliperVersion version, string rule)
    {
        if (!Has(learningEvent, name, out JsonCursor entity))
        {
            return;
        }

        if (kinds.Count == 0)
        {
            throw FieldRules.Refuse(entity.Path, rule, $"An event of this type has no {name}.");
        }

        EntityRules.Participant(entity, kinds, version, rule);
    }

    private static void Extensions(JsonCursor learningEvent)
    {
        if (Has(learningEvent, "extensions", out JsonCursor extensions))
        {
            FieldRules.Kind(extensions, JsonKind.Object);
        }
    }

    // A property without a value should be left out, and may be null.
    private static bool Has(JsonCursor learningEvent, string name, out JsonCursor member) =>
        FieldRules.TryGet(learningEvent, name, out member) && member.Kind != JsonKind.Null;
}
