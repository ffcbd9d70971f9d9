using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Client.Tests.Records;

/// <summary>
/// Writes a JSON value again with other space, other order of members, other escapes and other forms of numbers.
/// </summary>
internal static class Respelling
{
    public static string Of(JsonNode? node, Random random)
    {
        StringBuilder text = new();
        Write(node, random, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, Random random, StringBuilder text)
    {
        Space(random, text);
        switch (node)
        {
            case JsonObject members:
                WriteList('{', '}', Shuffled(members, random), text, member =>
                {
                    WriteString(member.Key, random, text);
                    Space(random, text);
                    text.Append(':');
                    Write(member.Value, random, text);
                });
                break;
            case JsonArray elements:
                WriteList('[', ']', [.. elements], text, element => Write(element, random, text));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(value.GetValue<string>(), random, text);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number:
                WriteNumber(value.ToJsonString(), random, text);
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }

        Space(random, text);
    }

    private static void WriteList<T>(char open, char close, T[] items, StringBuilder text, Action<T> write)
    {
        text.Append(open);
        for (int item = 0; item < items.Length; item++)
        {
            text.Append(item == 0 ? "" : ",");
            write(items[item]);
        }

        text.Append(close);
    }

    private static KeyValuePair<string, JsonNode?>[] Shuffled(JsonObject members, Random random)
    {
        KeyValuePair<string, JsonNode?>[] shuffled = [.. members];
        random.Shuffle(shuffled);
        return shuffled;
    }

    private static void WriteString(string value, Random random, StringBuilder text)
    {
        text.Append('"');
        foreach (char unit in value)
        {
            bool escape = char.IsControl(unit) || char.IsSurrogate(unit) || unit is '"' or '\\' || random.Next(4) == 0;
            text.Append(escape ? "\\u" + ((int)unit).ToString("X4", CultureInfo.InvariantCulture) : unit.ToString());
        }

        text.Append('"');
    }

    private static void WriteNumber(string number, Random random, StringBuilder text)
    {
        bool plain = number.IndexOfAny(['e', 'E']) < 0;
        bool fraction = number.Contains('.', StringComparison.Ordinal);
        text.Append((random.Next(4), plain, fraction) switch
        {
            (0, true, false) => number + ".000",
            (1, true, true) => number + "00",
            (2, true, _) => number + "e+0",
            (3, true, _) => number + "E-00",
            _ => number,
        });
    }

    private static void Space(Random random, StringBuilder text) => text.Append(" \n\t\r"[..random.Next(5)]);
}
