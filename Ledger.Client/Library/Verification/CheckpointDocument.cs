using System.Text.Json.Serialization;

namespace Ledger.Client.Verification;

/// <summary>The JSON of a checkpoint.</summary>
internal sealed class CheckpointDocument
{
    [JsonPropertyName("chainId")]
    public string? ChainId { get; set; }

    [JsonPropertyName("header")]
    public string? Header { get; set; }

    [JsonPropertyName("nextSet")]
    public string? NextSet { get; set; }
}
