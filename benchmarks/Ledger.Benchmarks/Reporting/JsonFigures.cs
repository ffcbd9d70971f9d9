using System.Text.Json.Nodes;

namespace Ledger.Benchmarks.Reporting;

/// <summary>Reads figures out of results. What a result does not have is null, and shown as absent.</summary>
public static class JsonFigures
{
    /// <summary>A number below nested names.</summary>
    public static double? Number(this JsonNode? node, params IReadOnlyList<string> names)
    {
        JsonNode? value = Find(node, names);
        return value is JsonValue figure && figure.GetValueKind() == System.Text.Json.JsonValueKind.Number
            ? figure.GetValue<double>()
            : null;
    }

    /// <summary>A text below nested names.</summary>
    public static string? Text(this JsonNode? node, params IReadOnlyList<string> names) =>
        Find(node, names)?.ToString();

    /// <summary>The objects of a list.</summary>
    public static IEnumerable<JsonObject> List(this JsonNode? node, string name) =>
        node?[name] is JsonArray list ? list.OfType<JsonObject>() : [];

    private static JsonNode? Find(JsonNode? node, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            node = node is JsonObject holder ? holder[name] : null;
        }

        return node;
    }
}
