using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Ledger.Client.Corrections;

/// <summary>
/// Makes a statement one that corrects another: of the same actor and verb, so that it comes into the same range, with
/// an id of its own, and with the extension. Rule W-3 of <c>docs/corrections.md</c>.
/// </summary>
public static class CorrectionDraft
{
    private static readonly string[] Identifiers = ["account", "mbox", "mbox_sha1sum", "openid"];

    /// <summary>
    /// The statement as it is to be posted, in UTF-8, and its id. What it leaves out of actor, verb and time of the
    /// event is taken from the one that it corrects. Throws <see cref="RecordFormatException"/> for what is no
    /// statement, or one of another actor or verb.
    /// </summary>
    /// <param name="earlier">The statement that is corrected, as its store keeps it.</param>
    /// <param name="draft">What is right.</param>
    public static (byte[] Json, string Id) Make(ReadOnlySpan<byte> earlier, ReadOnlySpan<byte> draft)
    {
        JsonObject first = ObjectOf(earlier, "the corrected record");
        JsonObject statement = ObjectOf(draft, "the correction");
        string corrected = CommittedRecord.Read(RecordType.XapiStatement, earlier).Id;
        Take(first, statement, "actor");
        Take(first, statement, "verb");
        Take(first, statement, "timestamp");
        Require(IsSameActor(first["actor"], statement["actor"]), "/actor", "correction.actor",
            "A correction is about the same actor as what it corrects.");
        Require(
            Text(first["verb"], "id") == Text(statement["verb"], "id"), "/verb/id", "correction.verb",
            "A correction has the verb of what it corrects. A wrong verb: erase the record and add another.");
        string id = Text(statement, "id") is { } own && own != corrected ? own : Guid.NewGuid().ToString("D");
        statement["id"] = id;
        Child(Child(statement, "context", "/context"), "extensions", "/context/extensions")[
            RecordCorrection.Extension] = corrected;
        return (JsonSerializer.SerializeToUtf8Bytes<JsonNode>(statement, CorrectionJson.Default.JsonNode), id);
    }

    // Strictly first, as a store reads it: a name that stands twice would be read otherwise by others.
    private static JsonObject ObjectOf(ReadOnlySpan<byte> json, string what)
    {
        Require(
            JsonTree.Parse(json).Root.Kind == JsonKind.Object, "", "record.object", $"{what} is no single statement.");
        return JsonNode.Parse(json)!.AsObject();
    }

    private static void Take(JsonObject from, JsonObject to, string name)
    {
        if (to[name] is null && from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }

    // By what identifies an agent; its name may be what was wrong.
    private static bool IsSameActor(JsonNode? first, JsonNode? other) =>
        first is JsonObject one
        && other is JsonObject two
        && Identifiers.Any(name => one[name] is not null)
        && Identifiers.All(name => JsonNode.DeepEquals(one[name], two[name]));

    private static string? Text(JsonNode? holder, string name) =>
        holder is JsonObject one && one[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonObject Child(JsonObject parent, string name, string path)
    {
        if (parent[name] is null)
        {
            parent[name] = new JsonObject();
        }

        Require(parent[name] is JsonObject, path, "record.object", $"{path} is not an object.");
        return parent[name]!.AsObject();
    }

    private static void Require(bool condition, string path, string rule, string message)
    {
        if (!condition)
        {
            throw new RecordFormatException(path, rule, message);
        }
    }
}
