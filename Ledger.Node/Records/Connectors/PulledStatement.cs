using System.Text.Json;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>A statement of another xAPI store, with what a link must know of it before the rules see it.</summary>
/// <param name="Record">The statement as it came.</param>
/// <param name="Stored">When the other store stored it; null where it does not say so.</param>
/// <param name="HasAttachments">Whether it, or the statement within it, names attachments.</param>
/// <param name="Voids">The id of what it voids; null where it voids nothing.</param>
internal sealed record PulledStatement(GivenRecord Record, DateTimeOffset? Stored, bool HasAttachments, string? Voids)
{
    /// <summary>Looks at a statement; what cannot be read is left for the rules, which name it.</summary>
    public static PulledStatement Of(JsonElement statement, ReadOnlyMemory<byte> json)
    {
        bool voids = Text(Within(statement, "verb"), "id") == XapiRules.VoidedVerb;
        JsonElement target = Within(statement, "object");
        string voided = voids ? Text(target, "id") : "";
        return new PulledStatement(
            new GivenRecord(Text(statement, "id"), json),
            FieldRules.TryReadTime(Text(statement, "stored"), out DateTimeOffset stored) ? stored : null,
            NamesAttachments(statement) || NamesAttachments(target),
            Guid.TryParse(voided, out _) ? voided : null);
    }

    /// <summary>A member of an object; undefined where there is none.</summary>
    public static JsonElement Within(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member)
                ? member
                : default;
        }
        catch (InvalidOperationException)
        {
            // No UTF-8, or half of a surrogate pair, in a name: the intake refuses the record, and names the rule.
            return default;
        }
    }

    /// <summary>A member that is a text; empty where there is none.</summary>
    public static string Text(JsonElement value, string name)
    {
        JsonElement member = Within(value, name);
        try
        {
            return member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static bool NamesAttachments(JsonElement statement) =>
        Within(statement, "attachments") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;
}
