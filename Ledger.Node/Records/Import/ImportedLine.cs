using System.Text;
using System.Text.Json;
using Ledger.Client.Records;
using Ledger.Node.Records.Mapping;

namespace Ledger.Node.Records.Import;

/// <summary>A line of a file, made ready for the intake.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Json">The record in UTF-8, with an id.</param>
internal sealed record ImportedLine(LineKind Kind, ReadOnlyMemory<byte> Json)
{
    private const string StatementSpace = "imported-statement";
    private const string EventSpace = "imported-event";

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = JsonLimits.RecordDepthMax + 1, AllowDuplicateProperties = false,
    };

    /// <summary>
    /// Reads a line: a statement, an event, or a row of BookRoll's log where a BookRoll is named. What has no id gets
    /// one that is made of the line, so that the same line is the same record. Throws
    /// <see cref="RecordFormatException"/>.
    /// </summary>
    public static ImportedLine Read(ReadOnlyMemory<byte> json, BookRollSource? bookRoll)
    {
        if (json.Length > JsonLimits.RecordBytesMax)
        {
            throw FieldRules.Refuse("", "json.size", $"A record is longer than {JsonLimits.RecordBytesMax} bytes.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Read(json, document.RootElement, bookRoll);
        }
        catch (JsonException broken)
        {
            throw FieldRules.Refuse("", "json.syntax", $"The line is not JSON: {broken.Message}");
        }
        catch (InvalidOperationException broken)
        {
            throw FieldRules.Refuse("", "json.surrogate", $"The line holds a text that is none: {broken.Message}");
        }
    }

    private static ImportedLine Read(ReadOnlyMemory<byte> json, JsonElement line, BookRollSource? bookRoll)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            throw FieldRules.Refuse("", "record.object", "A line is a JSON object.");
        }

        if (line.TryGetProperty("verb", out _))
        {
            return new ImportedLine(
                LineKind.Statement, WithId(json, line, NamedUuid.Of(StatementSpace, json.Span).ToString("D")));
        }

        if (line.TryGetProperty("eventTime", out _) || line.TryGetProperty("action", out _))
        {
            return new ImportedLine(
                IsNewer(line) ? LineKind.EventV1p2 : LineKind.EventV1p1,
                WithId(json, line, $"urn:uuid:{NamedUuid.Of(EventSpace, json.Span):D}"));
        }

        if (!BookRollLog.IsRow(line))
        {
            throw FieldRules.Refuse(
                "", "import.kind", "The line is no xAPI statement, no Caliper event and no row of BookRoll's log.");
        }

        return bookRoll is not null
            ? new ImportedLine(LineKind.Statement, BookRollLog.ToStatement(line, bookRoll))
            : throw FieldRules.Refuse(
                "", "import.bookroll", "The line is a row of BookRoll's log: say the address of that BookRoll.");
    }

    private static byte[] WithId(ReadOnlyMemory<byte> json, JsonElement line, string id)
    {
        if (line.TryGetProperty("id", out _))
        {
            return json.ToArray();
        }

        // The object has members, so what follows its brace is one of them.
        int brace = json.Span.IndexOf((byte)'{');
        return [.. Encoding.UTF8.GetBytes($"{{\"id\":\"{id}\","), .. json.Span[(brace + 1)..]];
    }

    private static bool IsNewer(JsonElement line) =>
        line.TryGetProperty("@context", out JsonElement context)
        && context.GetRawText().Contains("/caliper/v1p2", StringComparison.Ordinal);
}
