using System.Runtime.InteropServices;
using System.Text.Json;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>A page of statements as an xAPI store gives it.</summary>
/// <param name="Statements">The statements, in the page's order.</param>
/// <param name="More">Where the next page is, relative to the store's host; empty at the end.</param>
/// <param name="Newest">The newest time of storing on the page; null when no statement has one.</param>
internal sealed record PulledPage(
    IReadOnlyList<GivenRecord> Statements, string More, DateTimeOffset? Newest)
{
    /// <summary>Ids of statements that the page's statements void; a page never holds these themselves.</summary>
    public IReadOnlyList<string> Voided { get; init; } = [];

    // What is nested deeper than a record may be is one record's fault, and not the page's.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_024 };

    /// <summary>Reads a page; throws <see cref="LinkException"/> where it is none.</summary>
    public static PulledPage Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("statements", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
            {
                throw new LinkException("The other store's answer is no page of statements.");
            }

            List<GivenRecord> statements = new(list.GetArrayLength());
            List<string> voided = [];
            DateTimeOffset? newest = null;
            foreach (JsonElement statement in list.EnumerateArray())
            {
                statements.Add(new GivenRecord(
                    Member(statement, "id"), JsonMarshal.GetRawUtf8Value(statement).ToArray()));
                if (FieldRules.TryReadTime(Member(statement, "stored"), out DateTimeOffset stored))
                {
                    newest = newest > stored ? newest : stored;
                }

                if (Member(Within(statement, "verb"), "id") == XapiRules.VoidedVerb)
                {
                    voided.Add(Member(Within(statement, "object"), "id"));
                }
            }

            return new PulledPage(statements, Member(root, "more"), newest)
            {
                Voided = [.. voided.Where(static id => Guid.TryParse(id, out _)).Distinct()],
            };
        }
        catch (JsonException broken)
        {
            // Where it breaks off and not what stands there: it is about learners.
            throw new LinkException(
                FormattableString.Invariant($"The other store's answer is not JSON, from byte {At(broken)} on."),
                broken);
        }
    }

    private static long At(JsonException broken) => broken.BytePositionInLine ?? 0;

    // No UTF-8, or half of a surrogate pair, in a name or a text: the intake refuses the record, and names the rule.
    private static JsonElement Within(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member)
                ? member
                : default;
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }

    private static string Member(JsonElement value, string name)
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
}
