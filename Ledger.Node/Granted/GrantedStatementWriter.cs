using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Primitives;

namespace Ledger.Node.Granted;

/// <summary>
/// Writes verified records as a result of xAPI. Each is what was committed, and beside it what a store must add, and
/// one extension of its context: where it comes from, with its receipt. Who takes the extension away has the committed
/// statement.
/// </summary>
internal static class GrantedStatementWriter
{
    /// <summary>The key of the extension.</summary>
    public const string OriginExtension = "urn:learning-ledger:extension:origin";

    private const string InstitutionHomePage = "urn:learning-ledger:institution";

    /// <summary>A result with these statements and the address of the next page, empty for none.</summary>
    public static byte[] Write(IEnumerable<GrantedRecord> records, string more)
    {
        JsonObject result = new()
        {
            ["statements"] = new JsonArray([.. records.Select(static record => (JsonNode)Statement(record))]),
            ["more"] = more,
        };
        return JsonSerializer.SerializeToUtf8Bytes<JsonNode>(result, GrantedJson.Default.JsonNode);
    }

    /// <summary>One statement.</summary>
    public static byte[] Write(GrantedRecord record) =>
        JsonSerializer.SerializeToUtf8Bytes<JsonNode>(Statement(record), GrantedJson.Default.JsonNode);

    private static JsonObject Statement(GrantedRecord granted)
    {
        JsonObject statement = JsonNode.Parse(granted.Record.Content.Span)!.AsObject();
        JsonObject context = Child(statement, "context");
        Child(context, "extensions")[OriginExtension] = new JsonObject
        {
            ["institution"] = granted.Writer.ToString(),
            ["box"] = granted.Box.ToString(),
            ["height"] = granted.Record.Leaf.Height,
            ["index"] = granted.Record.Leaf.Index,
            ["provedAt"] = granted.Height,
            ["receipt"] = Convert.ToBase64String(granted.Receipt()),
        };
        statement["authority"] = new JsonObject
        {
            ["objectType"] = "Agent",
            ["account"] = new JsonObject
            {
                ["homePage"] = InstitutionHomePage, ["name"] = granted.Writer.ToString(),
            },
        };
        statement["version"] = "1.0.0";
        statement["stored"] = statement["timestamp"]!.DeepClone();
        return statement;
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject found)
        {
            return found;
        }

        JsonObject made = [];
        parent[name] = made;
        return made;
    }
}
