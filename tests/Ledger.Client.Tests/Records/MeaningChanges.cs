using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Client.Tests.Records;

/// <summary>Every committed value of a record changed, removed or joined by another, one at a time.</summary>
internal static class MeaningChanges
{
    private static readonly string[] NotCommitted = ["stored", "authority", "version"];

    public static IEnumerable<string> Of(string record)
    {
        int count = Places(JsonNode.Parse(record)!).Count;
        for (int place = 0; place < count; place++)
        {
            JsonNode changed = JsonNode.Parse(record)!;
            Change(Places(changed)[place]);
            yield return changed.ToJsonString();

            JsonNode extended = JsonNode.Parse(record)!;
            if (Places(extended)[place].Parent is JsonObject parent && parent.TryAdd("added" + place, true))
            {
                yield return extended.ToJsonString();
            }
        }
    }

    /// <summary>The values without parts, except a record's own id and time, which must stay text.</summary>
    private static List<JsonNode> Places(JsonNode root)
    {
        List<JsonNode> places = [];
        foreach ((string name, JsonNode? member) in root.AsObject())
        {
            if (!NotCommitted.Contains(name, StringComparer.Ordinal))
            {
                Collect(member!, places);
            }
        }

        return places;
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        IEnumerable<JsonNode?> below = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray elements => elements,
            _ => [],
        };
        if (node is JsonValue)
        {
            places.Add(node);
        }

        foreach (JsonNode? value in below)
        {
            Collect(value!, places);
        }
    }

    private static void Change(JsonNode place)
    {
        JsonNode other = place.GetValueKind() switch
        {
            JsonValueKind.String => place.GetValue<string>() + "x",
            JsonValueKind.Number => JsonNode.Parse(OtherNumber(place.ToJsonString()))!,
            _ => !place.GetValue<bool>(),
        };
        place.ReplaceWith(other);
    }

    /// <summary>One more digit, or another power of ten.</summary>
    private static string OtherNumber(string number) =>
        number.IndexOfAny(['e', 'E']) < 0 && number != "0" ? number + "1" : "77.5";
}
