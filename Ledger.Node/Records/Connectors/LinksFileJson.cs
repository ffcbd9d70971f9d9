using System.Text.Json.Serialization;

namespace Ledger.Node.Records.Connectors;

/// <summary>How the file of links is written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LinksDocument))]
internal sealed partial class LinksFileJson : JsonSerializerContext
{
}
