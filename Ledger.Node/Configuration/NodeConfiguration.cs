using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ledger.Node.Configuration;

/// <summary>
/// The file <c>node.json</c> of a node's folder. Relative paths are below that folder. What has a default can be set,
/// not only initialised, for the generated reader would put null where the file leaves it out.
/// </summary>
public sealed record NodeConfiguration
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "node.json";

    /// <summary>The institution's name.</summary>
    public required string Name { get; init; }

    /// <summary>The institution's domain name.</summary>
    public required string Domain { get; init; }

    /// <summary>Where the peer port listens, as ADDRESS:PORT.</summary>
    public required string PeerListen { get; init; }

    /// <summary>Where the API listens (gRPC over TLS), as ADDRESS:PORT.</summary>
    public required string ApiListen { get; init; }

    /// <summary>Where the learning record store listens, as ADDRESS:PORT.</summary>
    public required string LrsListen { get; init; }

    /// <summary>Encrypted file with the node's own keys.</summary>
    public string Secrets { get; set; } = "secrets.json";

    /// <summary>Encrypted file with the institution's identity key, under the same password.</summary>
    public string IdentityKey { get; set; } = "identity.key";

    /// <summary>File with the password of the key file; null to be asked at start.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The genesis document, put there by <c>ledger join</c>.</summary>
    public string Genesis { get; set; } = "genesis.ledger";

    /// <summary>The chain id that <c>ledger join</c> was given to compare: the root of trust.</summary>
    public string? TrustedChainId { get; init; }

    /// <summary>The block that <c>ledger join</c> was given to compare, as HEIGHT:HASH; null for founders.</summary>
    public string? TrustedCheckpoint { get; init; }

    /// <summary>Folder of the database.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Folder of the learning record store.</summary>
    public string Records { get; set; } = "records";

    /// <summary>
    /// File with the connection string of the PostgreSQL database of the records; null for a file in their folder.
    /// </summary>
    public string? RecordsPostgres { get; init; }

    /// <summary>
    /// Name of the link of kind pull-xapi whose store the box asks for what the link brought; null where the node's own
    /// copy answers.
    /// </summary>
    public string? CampusStore { get; init; }

    /// <summary>The version of xAPI that is answered where a request names none: 1.0.3 or 2.0.0.</summary>
    public string XapiVersion { get; set; } = "1.0.3";

    /// <summary>
    /// File with the key and secret that a learning tool uses, or a list of them; scopes may narrow what each may do.
    /// </summary>
    public string LrsCredentials { get; set; } = "lrs-credentials.json";

    /// <summary>How the learning record store's port is served.</summary>
    public RecordPortSettings RecordPort { get; set; } = new();

    /// <summary>How learners are told of requests.</summary>
    public NoticeSettings Notices { get; set; } = new();

    /// <summary>Peer addresses by institution address, beside those of the ledger.</summary>
    public SortedDictionary<string, string> Bootstrap { get; set; } = [];

    /// <summary>The folder that the file was read from.</summary>
    [JsonIgnore]
    public string Home { get; init; } = string.Empty;

    /// <summary>Where this node's learning record store is called.</summary>
    [JsonIgnore]
    public string LrsAddress => (RecordPort.HasTls ? "https://" : "http://") + LrsListen;

    /// <summary>A path below the node's folder.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Path.GetFullPath(Home));

    /// <summary>Reads the configuration of a node's folder.</summary>
    /// <exception cref="ConfigurationException">Missing or wrong; the text says what to do.</exception>
    public static NodeConfiguration Load(string home)
    {
        string path = Path.Combine(home, FileName);
        try
        {
            NodeConfiguration read = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), NodeConfigurationJson.Default.NodeConfiguration)
                ?? throw new ConfigurationException($"{path} is empty.");
            return read with { Home = home };
        }
        catch (JsonException problem)
        {
            throw new ConfigurationException($"{path} is not a node's configuration: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"There is no node in {home} ({problem.Message}). Make one with: ledger init --home {home}", problem);
        }
    }

    /// <summary>Writes the configuration into its folder, replacing what is there.</summary>
    public void Save()
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(this, NodeConfigurationJson.Default.NodeConfiguration);
        Ledger.Client.Keys.AtomicFile.Write(Path.Combine(Home, FileName), json, overwrite: true);
    }
}
