using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ledger.Node.Records.Connectors;

/// <summary>How requests to OpenLRW and its events are written.</summary>
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class OpenLrwJson : JsonSerializerContext
{
}
