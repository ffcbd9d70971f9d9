using System.Text.Json.Serialization;

namespace Ledger.Client.Verification;

/// <summary>Reads and writes checkpoints without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CheckpointDocument))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
}
