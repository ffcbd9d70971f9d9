using System.Text;
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
    // A record's own depth, and the page around it.
    private static readonly JsonDocumentOptions Options =
        new() { MaxDepth = Ledger.Client.Records.JsonLimits.RecordDepthMax + 8 };

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
            DateTimeOffset? newest = null;
            foreach (JsonElement statement in list.EnumerateArray())
            {
                statements.Add(new GivenRecord(
                    Member(statement, "id"), Encoding.UTF8.GetBytes(statement.GetRawText())));
                if (FieldRules.TryReadTime(Member(statement, "stored"), out DateTimeOffset stored))
                {
                    newest = newest > stored ? newest : stored;
                }
            }

            return new PulledPage(statements, Member(root, "more"), newest);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Text that is not UTF-8, or half of a surrogate pair, shows when a string is read.
            throw new LinkException($"The other store's answer is not JSON: {broken.Message}", broken);
        }
    }

    private static string Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member)
            && member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
}
