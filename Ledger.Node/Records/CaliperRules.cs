using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>The rules of a Caliper event. Each throws <see cref="RecordFormatException"/>.</summary>
internal static class CaliperRules
{
    /// <summary>What turns an action's term into its IRI.</summary>
    private const string ActionVocabulary = "http://purl.imsglobal.org/vocab/caliper/v1/action#";

    /// <summary>Checks an event; returns its actor's key and its action's IRI.</summary>
    public static (string ActorKey, string VerbIri) Event(JsonCursor learningEvent)
    {
        FieldRules.Kind(learningEvent, JsonKind.Object);
        Context(FieldRules.Required(learningEvent, "@context"));
        FieldRules.Iri(FieldRules.Required(learningEvent, "id"));
        FieldRules.Text(FieldRules.Required(learningEvent, "type"));
        string actor = Entity(FieldRules.Required(learningEvent, "actor"));
        string action = FieldRules.Text(FieldRules.Required(learningEvent, "action"));
        Entity(FieldRules.Required(learningEvent, "object"));
        FieldRules.Time(FieldRules.Required(learningEvent, "eventTime"));
        string verb = FieldRules.IsIri(action) ? action : ActionVocabulary + action;
        return FieldRules.IsIri(verb)
            ? (ActorKey.OfCaliper(actor), verb)
            : throw FieldRules.Refuse(
                $"{learningEvent.Path}/action", "iri", $"'{action}' is not an action's term or IRI.");
    }

    private static void Context(JsonCursor context)
    {
        if (context.Kind == JsonKind.String)
        {
            FieldRules.Iri(context);
        }
        else if (context.Kind is not (JsonKind.Array or JsonKind.Object) || context.Count == 0)
        {
            throw FieldRules.Refuse(context.Path, "type", "A context is an IRI, or a list or object that holds some.");
        }
    }

    /// <summary>An entity is given whole or by its IRI alone.</summary>
    private static string Entity(JsonCursor entity)
    {
        if (entity.Kind == JsonKind.String)
        {
            return FieldRules.Iri(entity);
        }

        FieldRules.Kind(entity, JsonKind.Object);
        FieldRules.Text(FieldRules.Required(entity, "type"));
        return FieldRules.Iri(FieldRules.Required(entity, "id"));
    }
}
