using System.Text.Json.Serialization;

namespace Ledger.Client.Keys;

/// <summary>The JSON of a secret file, version 1. Bytes are lower-case hexadecimal.</summary>
internal sealed class SecretFileDocument
{
    [JsonPropertyName("format")]
    public string Format { get; set; } = string.Empty;

    [JsonPropertyName("version")]
    public int Version { get; set; }

    [JsonPropertyName("kind")]
    public string Kind { get; set; } = string.Empty;

    [JsonPropertyName("address")]
    public string Address { get; set; } = string.Empty;

    [JsonPropertyName("publicKey")]
    public string PublicKey { get; set; } = string.Empty;

    [JsonPropertyName("derivation")]
    public string Derivation { get; set; } = string.Empty;

    [JsonPropertyName("memoryKiB")]
    public int MemoryKiB { get; set; }

    [JsonPropertyName("passes")]
    public int Passes { get; set; }

    [JsonPropertyName("salt")]
    public string Salt { get; set; } = string.Empty;

    [JsonPropertyName("cipher")]
    public string Cipher { get; set; } = string.Empty;

    [JsonPropertyName("nonce")]
    public string Nonce { get; set; } = string.Empty;

    [JsonPropertyName("ciphertext")]
    public string Ciphertext { get; set; } = string.Empty;
}
