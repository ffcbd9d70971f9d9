using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Ledger.Node.Granted;

/// <summary>How answers with granted statements are written.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class GrantedJson : JsonSerializerContext;
