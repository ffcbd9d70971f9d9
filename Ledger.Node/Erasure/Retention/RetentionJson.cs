using System.Text.Json.Serialization;

namespace Ledger.Node.Erasure.Retention;

/// <summary>How the file of periods is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RetentionDocument))]
internal sealed partial class RetentionJson : JsonSerializerContext
{
}
