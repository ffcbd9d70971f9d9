using System.Text.Json.Serialization;

namespace Ledger.Client.Institutions;

/// <summary>Reads and writes contact cards without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ContactCard))]
internal sealed partial class ContactCardJson : JsonSerializerContext
{
}
