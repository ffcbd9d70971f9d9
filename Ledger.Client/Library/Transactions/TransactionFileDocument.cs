using System.Text.Json.Serialization;

namespace Ledger.Client.Transactions;

/// <summary>The JSON of a transaction file, version 1. Bytes are lower-case hexadecimal.</summary>
internal sealed class TransactionFileDocument
{
    [JsonPropertyName("format")]
    public string? Format { get; set; }

    [JsonPropertyName("version")]
    public int Version { get; set; }

    [JsonPropertyName("chainId")]
    public string? ChainId { get; set; }

    [JsonPropertyName("body")]
    public string? Body { get; set; }

    /// <summary>One for each signer in the body's order; empty while it is missing.</summary>
    [JsonPropertyName("signatures")]
    public string?[]? Signatures { get; set; }
}
