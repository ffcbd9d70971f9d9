using Ledger.Client.Records;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// What a sensor sends (1.1, section 5.2): events, and descriptions of entities, with who sent them and when. Nothing
/// else may be in it.
/// </summary>
internal static class CaliperEnvelope
{
    /// <summary>The rule of a version that this program does not know; the one that is answered with 422.</summary>
    public const string VersionRule = "caliper.data-version";

    /// <summary>
    /// Checks an envelope and the entities that it describes; returns its events, unchecked. A description is no
    /// learning record, so it is checked and not kept. Throws <see cref="RecordFormatException"/>.
    /// </summary>
    public static IReadOnlyList<JsonCursor> Events(JsonCursor envelope)
    {
        if (envelope.Kind != JsonKind.Object || !envelope.TryGet("data"u8, out JsonCursor data))
        {
            throw FieldRules.Refuse(
                envelope.Path,
                "caliper.envelope",
                "Events come in an envelope: an object with sensor, sendTime, dataVersion and data.");
        }

        FieldRules.Members(envelope, "sensor", "sendTime", "dataVersion", "data");
        FieldRules.Text(FieldRules.Required(envelope, "sensor"));
        EntityRules.Time(FieldRules.Required(envelope, "sendTime"));
        CaliperContext version = DataVersion(FieldRules.Required(envelope, "dataVersion"));
        FieldRules.Kind(data, JsonKind.Array);
        return data.Count > 0
            ? Events(data, version)
            : throw FieldRules.Refuse(data.Path, "not-empty", "An envelope holds at least one event or entity.");
    }

    private static List<JsonCursor> Events(JsonCursor data, CaliperContext version)
    {
        List<JsonCursor> events = new(data.Count);
        foreach (JsonCursor described in data)
        {
            FieldRules.Kind(described, JsonKind.Object);
            CaliperContext own = CaliperContext.Read(described);
            if (own.Version != version.Version)
            {
                throw FieldRules.Refuse(
                    $"{described.Path}/@context",
                    "caliper.context",
                    "The envelope's dataVersion is that of another version of Caliper.");
            }

            if (CaliperRules.IsEvent(described))
            {
                events.Add(described);
            }
            else
            {
                EntityRules.Described(described, own.Terms);
            }
        }

        return events;
    }

    private static CaliperContext DataVersion(JsonCursor version) =>
        CaliperContext.TryParse(FieldRules.Text(version), out CaliperContext known)
            ? known
            : throw FieldRules.Refuse(
                version.Path, VersionRule, $"'{version.Text}' is not Caliper 1.1 or 1.2.");
}
