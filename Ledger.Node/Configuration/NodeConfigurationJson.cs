using System.Text.Json.Serialization;

namespace Ledger.Node.Configuration;

/// <summary>How the node's JSON files are written.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(NodeConfiguration))]
[JsonSerializable(typeof(FounderCard))]
[JsonSerializable(typeof(LrsCredentials))]
[JsonSerializable(typeof(LrsCredentials[]))]
[JsonSerializable(typeof(ReadyFile))]
public sealed partial class NodeConfigurationJson : JsonSerializerContext
{
}
