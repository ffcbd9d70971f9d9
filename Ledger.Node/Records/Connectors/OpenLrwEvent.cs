using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records.Caliper;
using Ledger.Node.Records.Import;
using Ledger.Node.Records.Mapping;

namespace Ledger.Node.Records.Connectors;

/// <summary>
/// Makes an event as OpenLRW gives it over into Caliper 1.1: OpenLRW keeps events of 1.0, whose terms are IRIs and
/// whose ids are any text. Actor, action, object and time stay what they were; what 1.1 has no place for goes to the
/// extensions.
/// </summary>
internal static class OpenLrwEvent
{
    private const string IdSpace = "openlrw-event";
    private const string UuidUrn = "urn:uuid:";
    private const string ExtensionName = "openlrw";
    private const string EpubTerms = "http://www.idpf.org/epub/vocab/structure/#";

    /// <summary>What Java may write of an instant: seconds of the years 1 to 9999, as there are dates.</summary>
    private const decimal SecondsMin = -62_135_596_800m;

    private const decimal SecondsMax = 253_402_300_799m;

    private static readonly JsonDocumentOptions Options = new()
    {
        MaxDepth = JsonLimits.RecordDepthMax + 8, AllowDuplicateProperties = false,
    };

    private static readonly string[] Members =
    [
        "actor", "action", "object", "eventTime", "target", "generated", "edApp", "referrer", "group", "membership",
        "session", "federatedSession",
    ];

    /// <summary>
    /// Reads one event and makes it over, with the time that it names; throws <see cref="RecordFormatException"/> where
    /// it is none that can be read.
    /// </summary>
    public static (GivenRecord Event, DateTimeOffset? Time) Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            if (JsonNode.Parse(json.Span, documentOptions: Options) is not JsonObject given)
            {
                throw FieldRules.Refuse("", "record.object", "What stands among OpenLRW's events is no object.");
            }

            JsonObject learningEvent = ToCaliper(given);
            GivenRecord made = new(
                Text(learningEvent, "id"),
                JsonSerializer.SerializeToUtf8Bytes<JsonNode>(learningEvent, OpenLrwJson.Default.JsonNode));
            return (made, FieldRules.TryReadTime(Text(learningEvent, "eventTime"), out DateTimeOffset time)
                ? time
                : null);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The reader's own words may quote what stands there, and that is about learners.
            throw FieldRules.Refuse("", "json.syntax", "What stands among OpenLRW's events cannot be read as JSON.");
        }
    }

    /// <summary>An event of Caliper 1.1; the intake's rules decide whether it is one.</summary>
    public static JsonObject ToCaliper(JsonObject source)
    {
        JsonObject result = new()
        {
            ["@context"] = CaliperContext.IriOf(CaliperVersion.V1p1),
            ["id"] = IdOf(source),
            ["type"] = Term(Text(source, "type", "@type")),
        };
        JsonObject others = [];
        foreach ((string name, JsonNode? value) in source)
        {
            if (IsEmpty(value) || name is "@context" or "id" or "@id" or "type" or "@type" or "extensions")
            {
                continue;
            }

            string own = name == "agent" ? "actor" : name;
            if (Members.Contains(own))
            {
                result[own] = own switch
                {
                    "eventTime" => Time(value),
                    "action" => value!.DeepClone(),
                    _ => Entity(value!),
                };
            }
            else
            {
                others[name] = value!.DeepClone();
            }
        }

        JsonObject extensions = source["extensions"] is JsonObject own1 ? (JsonObject)own1.DeepClone() : [];
        if (others.Count > 0)
        {
            extensions[ExtensionName] = others;
        }

        if (extensions.Count > 0)
        {
            result["extensions"] = extensions;
        }

        return result;
    }

    /// <summary>The first member of these names that is a text; empty without.</summary>
    public static string Text(JsonObject value, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (value[name] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                return text.GetValue<string>();
            }
        }

        return "";
    }

    private static string IdOf(JsonObject source)
    {
        string given = Text(source, "id", "@id");
        string bare = given.StartsWith(UuidUrn, StringComparison.OrdinalIgnoreCase) ? given[UuidUrn.Length..] : given;
        Guid id = Guid.TryParseExact(bare, "D", out Guid plain) || Guid.TryParseExact(bare, "N", out plain)
            ? plain
            : NamedUuid.Of(IdSpace, Encoding.UTF8.GetBytes(given.Length > 0 ? given : source.ToJsonString()));
        return UuidUrn + id.ToString("D");
    }

    private static JsonNode Entity(JsonNode value)
    {
        if (value is JsonArray list)
        {
            return new JsonArray([.. list.Where(one => !IsEmpty(one)).Select(one => Entity(one!))]);
        }

        if (value is not JsonObject source)
        {
            return value.DeepClone();
        }

        JsonObject result = [];
        foreach ((string name, JsonNode? member) in source)
        {
            if (IsEmpty(member) || name == "@context")
            {
                continue;
            }

            string own = name is "@id" or "@type" ? name[1..] : name;
            result[own] = own == "type" && member is JsonValue ? Term(Text(source, "type", "@type"))
                : own == "extensions" ? member!.DeepClone()
                : Entity(member!);
        }

        return result;
    }

    // Java writes an instant as seconds with a fraction where it was not told to write a date.
    private static JsonNode Time(JsonNode? value)
    {
        DateTimeOffset time;
        if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number
            && decimal.TryParse(
                number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal seconds)
            && seconds is >= SecondsMin and <= SecondsMax)
        {
            time = DateTimeOffset.UnixEpoch.AddMilliseconds((double)Math.Floor(seconds * 1000));
        }
        else if (value is not JsonValue text || text.GetValueKind() != JsonValueKind.String
            || !FieldRules.TryReadTime(text.GetValue<string>(), out time))
        {
            return value!.DeepClone();
        }

        return RecordTimes.Text(time);
    }

    private static string Term(string type)
    {
        if (type.StartsWith(EpubTerms, StringComparison.Ordinal))
        {
            return type[EpubTerms.Length..] switch
            {
                "volume" => "EpubVolume",
                "part" => "EpubPart",
                "chapter" => "EpubChapter",
                "subchapter" => "EpubSubChapter",
                _ => "DigitalResource",
            };
        }

        return type[(type.AsSpan().LastIndexOfAny('/', '#') + 1)..];
    }

    private static bool IsEmpty(JsonNode? value) =>
        value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }
        || (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>() == "");
}
