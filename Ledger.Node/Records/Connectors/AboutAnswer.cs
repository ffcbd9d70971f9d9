using System.Text.Json;

namespace Ledger.Node.Records.Connectors;

/// <summary>Reads what an xAPI store answers about itself.</summary>
internal static class AboutAnswer
{
    /// <summary>
    /// The newest version that both know; the first where the answer names none, or is none, as every store speaks it.
    /// </summary>
    public static XapiVersion Newest(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("version", out JsonElement list)
                && list.ValueKind == JsonValueKind.Array
                && list.EnumerateArray().Any(IsSecond)
                    ? XapiVersion.V2
                    : XapiVersion.V1;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return XapiVersion.V1;
        }
    }

    private static bool IsSecond(JsonElement one) =>
        one.ValueKind == JsonValueKind.String
        && XapiVersions.TryRead(one.GetString()!, out XapiVersion version) && version == XapiVersion.V2;
}
