using System.Text.Json.Serialization;

namespace Ledger.Client.Profiles;

/// <summary>
/// What the command line needs to know of one ledger and one identity: node, chain and key. Relative paths count from
/// the folder
/// that holds the profiles' folder.
/// </summary>
public sealed record Profile
{
    /// <summary>The node's address, <c>https://host:port</c>.</summary>
    [JsonPropertyName("node")]
    public required string Node { get; init; }

    /// <summary>SHA-256 of the node's TLS public key (SPKI), 64 hexadecimal digits; absent without TLS.</summary>
    [JsonPropertyName("tlsPin")]
    public string? TlsPin { get; init; }

    /// <summary>The chain id, 64 hexadecimal digits.</summary>
    [JsonPropertyName("chainId")]
    public required string ChainId { get; init; }

    /// <summary>Path of the genesis document, which verification starts from.</summary>
    [JsonPropertyName("genesis")]
    public string? Genesis { get; init; }

    /// <summary>Path of the signing key's file.</summary>
    [JsonPropertyName("keyFile")]
    public string? KeyFile { get; init; }

    /// <summary>Path of a file with the key's password; without it the password is asked for.</summary>
    [JsonPropertyName("passwordFile")]
    public string? PasswordFile { get; init; }

    /// <summary>The institution's learning record store, <c>https://host:port/xapi</c>.</summary>
    [JsonPropertyName("lrs")]
    public string? Lrs { get; init; }

    /// <summary>The user name at the learning record store.</summary>
    [JsonPropertyName("lrsUser")]
    public string? LrsUser { get; init; }

    /// <summary>Path of a file with the password at the learning record store.</summary>
    [JsonPropertyName("lrsPasswordFile")]
    public string? LrsPasswordFile { get; init; }

    /// <summary>Path of a file with both, as a node writes it: JSON with <c>key</c> and <c>secret</c>.</summary>
    [JsonPropertyName("lrsCredentials")]
    public string? LrsCredentials { get; init; }
}
