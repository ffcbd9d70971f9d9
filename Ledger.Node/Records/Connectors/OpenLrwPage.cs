using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Node.Records.Import;

namespace Ledger.Node.Records.Connectors;

/// <summary>A page of OpenLRW's events, made over into Caliper 1.1.</summary>
/// <param name="Events">The events, each as an object of an envelope.</param>
/// <param name="Newest">The latest time of an event on the page; null when there is none.</param>
/// <param name="Oldest">The earliest one.</param>
internal sealed record OpenLrwPage(
    IReadOnlyList<GivenRecord> Events, DateTimeOffset? Newest, DateTimeOffset? Oldest)
{
    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = Ledger.Client.Records.JsonLimits.RecordDepthMax + 8, AllowDuplicateProperties = false,
    };

    /// <summary>
    /// Reads what OpenLRW answers: a list of events, or nothing where there is none. Throws
    /// <see cref="LinkException"/> for anything else.
    /// </summary>
    public static OpenLrwPage Read(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return new OpenLrwPage([], null, null);
        }

        try
        {
            List<GivenRecord> events = [];
            DateTimeOffset? newest = null;
            DateTimeOffset? oldest = null;
            foreach (JsonNode? one in List(JsonNode.Parse(json.Span, documentOptions: Options)))
            {
                JsonObject learningEvent = OpenLrwEvent.ToCaliper(one);
                events.Add(new GivenRecord(
                    OpenLrwEvent.Text(learningEvent, "id"), JsonSerializer.SerializeToUtf8Bytes<JsonNode>(
                        learningEvent, OpenLrwJson.Default.JsonNode)));
                if (FieldRules.TryReadTime(OpenLrwEvent.Text(learningEvent, "eventTime"), out DateTimeOffset time))
                {
                    newest = newest > time ? newest : time;
                    oldest = oldest < time ? oldest : time;
                }
            }

            return new OpenLrwPage(events, newest, oldest);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // Where it breaks off and not what stands there: it is about learners.
            throw new LinkException("OpenLRW's answer is no list of events.", broken);
        }
    }

    private static JsonArray List(JsonNode? root) => root switch
    {
        null => [],
        JsonArray list => list,
        _ => throw new LinkException("OpenLRW's answer is no list of events."),
    };
}
