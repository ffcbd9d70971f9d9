using System.Text.Json.Serialization;

namespace Ledger.Client.Keys;

/// <summary>Reads and writes the document without reflection, which keeps the command line quick to start.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SecretFileDocument))]
internal sealed partial class SecretFileJson : JsonSerializerContext
{
}
