using System.Text.Json.Serialization;

namespace Ledger.Client.Seats;

/// <summary>Reads and writes cards without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(VoteKeyCardDocument))]
internal sealed partial class VoteKeyCardJson : JsonSerializerContext
{
}
