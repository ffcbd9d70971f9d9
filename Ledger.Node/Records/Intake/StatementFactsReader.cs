using System.Buffers;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Reads what the store keeps of a statement beside its text. The statement keeps the rules already: this only
/// collects. Pure.
/// </summary>
internal sealed class StatementFactsReader
{
    private static readonly string[] ContextLists = ["parent", "grouping", "category", "other"];

    private readonly HashSet<SearchTerm> terms = [];
    private readonly List<SeenActivity> activities = [];
    private readonly List<SeenName> names = [];
    private readonly List<AttachmentClaim> attachments = [];

    private StatementFactsReader()
    {
    }

    /// <summary>The facts of a statement; the version stands for one that the statement does not name.</summary>
    public static StatementFacts Read(JsonCursor statement, string version)
    {
        StatementFactsReader reader = new();
        string? target = reader.Body(statement, isDirect: true);
        bool voids = target is not null
            && FieldRules.Required(statement, "verb").TryGet("id"u8, out JsonCursor verb)
            && verb.Text == XapiRules.VoidedVerb;
        string named = statement.TryGet("version"u8, out JsonCursor given) ? given.Text : version;
        return new StatementFacts(
            named, reader.terms, target, voids, reader.activities, reader.names, reader.attachments);
    }

    private string? Body(JsonCursor statement, bool isDirect)
    {
        Actor(FieldRules.Required(statement, "actor"), isDirect);
        if (isDirect && FieldRules.Required(statement, "verb").TryGet("id"u8, out JsonCursor verb))
        {
            terms.Add(new SearchTerm(SearchKind.Verb, verb.Text));
        }

        if (statement.TryGet("context"u8, out JsonCursor context))
        {
            Context(context, isDirect);
        }

        if (statement.TryGet("attachments"u8, out JsonCursor list))
        {
            foreach (JsonCursor attachment in list)
            {
                attachments.Add(Claim(attachment));
            }
        }

        return Target(FieldRules.Required(statement, "object"), isDirect);
    }

    private string? Target(JsonCursor target, bool isDirect)
    {
        string type = target.TryGet("objectType"u8, out JsonCursor named) ? named.Text : "Activity";
        switch (type)
        {
            case "Activity":
                Activity(target, isDirect);
                return null;
            case "Agent" or "Group":
                Actor(target, isDirect);
                return null;
            case "SubStatement":
                Body(target, isDirect: false);
                return null;
            default:
                return FieldRules.Uuid(FieldRules.Required(target, "id"));
        }
    }

    private void Actor(JsonCursor actor, bool isDirect)
    {
        if (ActorRules.KeyOf(actor) is { } key)
        {
            terms.Add(new SearchTerm(isDirect ? SearchKind.Agent : SearchKind.RelatedAgent, key));
            if (actor.TryGet("name"u8, out JsonCursor name) && !ActorRules.IsGroup(actor))
            {
                names.Add(new SeenName(key, name.Text));
            }
        }

        if (actor.TryGet("member"u8, out JsonCursor members))
        {
            foreach (JsonCursor member in members)
            {
                Actor(member, isDirect);
            }
        }
    }

    private void Activity(JsonCursor activity, bool isDirect)
    {
        string id = FieldRules.Required(activity, "id").Text;
        terms.Add(new SearchTerm(isDirect ? SearchKind.Activity : SearchKind.RelatedActivity, id));
        if (activity.TryGet("definition"u8, out JsonCursor definition))
        {
            ArrayBufferWriter<byte> canonical = new();
            CanonicalJson.Write(definition, canonical);
            activities.Add(new SeenActivity(id, canonical.WrittenMemory));
        }
    }

    private void Context(JsonCursor context, bool isDirect)
    {
        if (isDirect && context.TryGet("registration"u8, out JsonCursor registration))
        {
            terms.Add(new SearchTerm(SearchKind.Registration, registration.Text.ToLowerInvariant()));
        }

        FieldRules.IfPresent(context, "instructor", value => Actor(value, isDirect: false));
        FieldRules.IfPresent(context, "team", value => Actor(value, isDirect: false));
        FieldRules.IfPresent(context, "contextAgents", value => Members(value, "agent"));
        FieldRules.IfPresent(context, "contextGroups", value => Members(value, "group"));
        if (context.TryGet("contextActivities"u8, out JsonCursor lists))
        {
            foreach (string name in ContextLists)
            {
                FieldRules.IfPresent(lists, name, ContextActivities);
            }
        }
    }

    private void Members(JsonCursor list, string who)
    {
        foreach (JsonCursor entry in list)
        {
            Actor(FieldRules.Required(entry, who), isDirect: false);
        }
    }

    private void ContextActivities(JsonCursor entry)
    {
        if (entry.Kind != JsonKind.Array)
        {
            Activity(entry, isDirect: false);
            return;
        }

        foreach (JsonCursor activity in entry)
        {
            Activity(activity, isDirect: false);
        }
    }

    private static AttachmentClaim Claim(JsonCursor attachment) => new(
        attachment.Path,
        FieldRules.Required(attachment, "usageType").Text,
        FieldRules.Required(attachment, "contentType").Text,
        FieldRules.Required(attachment, "sha2").Text.ToLowerInvariant(),
        attachment.TryGet("fileUrl"u8, out _));
}
