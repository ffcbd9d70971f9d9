using System.Text.Json.Serialization;

namespace Ledger.Client.Institutions;

/// <summary>Reads and writes domain files without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DomainFileDocument))]
internal sealed partial class DomainFileJson : JsonSerializerContext
{
}
