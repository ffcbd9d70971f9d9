using System.Text.Json.Serialization;

namespace Ledger.Client.Costs;

/// <summary>Reads tariffs without reflection; a member that a tariff does not have is an error.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TariffDocument))]
internal sealed partial class TariffJson : JsonSerializerContext
{
}
