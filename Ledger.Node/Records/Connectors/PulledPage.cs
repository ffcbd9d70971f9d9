using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ledger.Node.Records.Connectors;

/// <summary>A page of statements as an xAPI store gives it.</summary>
/// <param name="Statements">The statements, in the page's order.</param>
/// <param name="More">Where the next page is, relative to the store's host; empty at the end.</param>
internal sealed record PulledPage(IReadOnlyList<PulledStatement> Statements, string More)
{
    // What is nested deeper than a record may be is one record's fault, and not the page's.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_024 };

    /// <summary>The newest time of storing on the page; null when no statement has one.</summary>
    public DateTimeOffset? Newest => Statements.Max(static one => one.Stored);

    /// <summary>Reads a page; throws <see cref="UnreadablePageException"/> where it is none.</summary>
    public static PulledPage Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            JsonElement list = PulledStatement.Within(document.RootElement, "statements");
            return list.ValueKind == JsonValueKind.Array
                ? new PulledPage(
                    [.. list.EnumerateArray().Select(static one => PulledStatement.Of(
                        one, JsonMarshal.GetRawUtf8Value(one).ToArray()))],
                    PulledStatement.Text(document.RootElement, "more"))
                : throw new UnreadablePageException("The other store's answer is no page of statements.");
        }
        catch (JsonException broken)
        {
            // Where it breaks off and not what stands there: it is about learners.
            throw new UnreadablePageException(FormattableString.Invariant(
                $"The other store's answer is not JSON, from byte {broken.BytePositionInLine ?? 0} of a line on."));
        }
    }

    /// <summary>Reads one statement; null where it is no JSON.</summary>
    public static PulledStatement? ReadOne(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return PulledStatement.Of(document.RootElement, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
