using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of activities, their definitions, and the parts of interactions.</summary>
internal static class ActivityRules
{
    private static readonly string[] InteractionTypes =
    [
        "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing", "likert", "numeric",
        "other",
    ];

    private static readonly string[] Components = ["choices", "scale", "source", "target", "steps"];

    /// <summary>Checks an activity; returns its id.</summary>
    public static string Activity(JsonCursor activity)
    {
        FieldRules.Members(activity, "objectType", "id", "definition");
        if (FieldRules.TryGet(activity, "objectType", out JsonCursor type) && FieldRules.Text(type) != "Activity")
        {
            throw FieldRules.Refuse(type.Path, "object-type", $"An Activity is expected, not '{type.Text}'.");
        }

        FieldRules.IfPresent(activity, "definition", Definition);
        return KeyLimits.Iri(FieldRules.Required(activity, "id"));
    }

    private static void Definition(JsonCursor definition)
    {
        FieldRules.Members(
            definition, "name", "description", "type", "moreInfo", "extensions", "interactionType",
            "correctResponsesPattern", "choices", "scale", "source", "target", "steps");
        FieldRules.IfPresent(definition, "name", FieldRules.LanguageMap);
        FieldRules.IfPresent(definition, "description", FieldRules.LanguageMap);
        FieldRules.IfPresent(definition, "type", value => FieldRules.Iri(value));
        FieldRules.IfPresent(definition, "moreInfo", value => FieldRules.Iri(value));
        FieldRules.IfPresent(definition, "extensions", FieldRules.Extensions);
        Interaction(definition);
    }

    private static void Interaction(JsonCursor definition)
    {
        FieldRules.IfPresent(definition, "interactionType", InteractionType);
        FieldRules.IfPresent(definition, "correctResponsesPattern", Responses);
        foreach (string list in Components)
        {
            FieldRules.IfPresent(definition, list, ComponentList);
        }

        bool isInteraction = FieldRules.TryGet(definition, "correctResponsesPattern", out _)
            || Array.Exists(Components, list => FieldRules.TryGet(definition, list, out _));
        if (isInteraction)
        {
            FieldRules.Required(definition, "interactionType");
        }
    }

    private static void InteractionType(JsonCursor type)
    {
        if (!InteractionTypes.Contains(FieldRules.Text(type), StringComparer.Ordinal))
        {
            throw FieldRules.Refuse(type.Path, "interaction-type", $"'{type.Text}' is not a kind of interaction.");
        }
    }

    private static void Responses(JsonCursor patterns)
    {
        FieldRules.Kind(patterns, JsonKind.Array);
        foreach (JsonCursor pattern in patterns)
        {
            FieldRules.Kind(pattern, JsonKind.String);
        }
    }

    private static void ComponentList(JsonCursor components)
    {
        FieldRules.Kind(components, JsonKind.Array);
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (JsonCursor component in components)
        {
            FieldRules.Members(component, "id", "description");
            FieldRules.IfPresent(component, "description", FieldRules.LanguageMap);
            JsonCursor id = FieldRules.Required(component, "id");
            if (!ids.Add(FieldRules.Text(id)))
            {
                throw FieldRules.Refuse(id.Path, "duplicate-id", "The list holds two components of this id.");
            }
        }
    }
}
