using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ledger.Client.Corrections;

/// <summary>How a correction is written.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class CorrectionJson : JsonSerializerContext
{
}
