using System.Data.Common;
using System.Text.Json;
using Ledger.Node.Configuration;
using Ledger.Node.Records;

namespace Ledger.Node.Hosting;

/// <summary>What a node's configuration says of its record store: which database, which tools, which version.</summary>
internal static class RecordSettings
{
    /// <summary>The name of the file where records are kept without another database.</summary>
    private const string FileName = "records.sqlite";

    /// <summary>The database: PostgreSQL where its file is named, else one file in the records folder.</summary>
    /// <exception cref="ConfigurationException">The connection string cannot be read.</exception>
    public static IRecordBackend Backend(NodeConfiguration configuration) => configuration.RecordsPostgres is { } file
        ? Postgres(configuration, file)
        : Sqlite(configuration);

    /// <summary>The file in the records folder, whose folder is made.</summary>
    public static SqliteBackend Sqlite(NodeConfiguration configuration)
    {
        string folder = configuration.Resolve(configuration.Records);
        Directory.CreateDirectory(folder);
        return new SqliteBackend(Path.Combine(folder, FileName));
    }

    /// <summary>The database whose connection string stands in a file.</summary>
    /// <exception cref="ConfigurationException">It cannot be read.</exception>
    public static PostgresBackend Postgres(NodeConfiguration configuration, string file)
    {
        string path = configuration.Resolve(file);
        try
        {
            return new PostgresBackend(File.ReadAllText(path).Trim());
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(
                $"The connection string in {path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>How the endpoints are set up.</summary>
    /// <exception cref="ConfigurationException">The credentials cannot be read, or the version is none.</exception>
    public static XapiOptions Endpoint(NodeConfiguration configuration)
    {
        if (!XapiVersions.TryRead(configuration.XapiVersion, out XapiVersion assumed))
        {
            throw new ConfigurationException(
                $"xapiVersion is '{configuration.XapiVersion}' and must be 1.0.3 or 2.0.0.");
        }

        return new XapiOptions(Credentials(configuration), "https://" + configuration.Domain)
        {
            AssumedVersion = assumed,
            Limits = configuration.RecordPort.Limits,
            Origins = configuration.RecordPort.Origins,
        };
    }

    private static XapiCredential[] Credentials(NodeConfiguration configuration)
    {
        string path = configuration.Resolve(configuration.LrsCredentials);
        try
        {
            byte[] json = File.ReadAllBytes(path);
            LrsCredentials?[]? read = json.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
                ? JsonSerializer.Deserialize(json, NodeConfigurationJson.Default.LrsCredentialsArray)
                : [JsonSerializer.Deserialize(json, NodeConfigurationJson.Default.LrsCredentials)];
            LrsCredentials[] all = [.. (read ?? []).OfType<LrsCredentials>()];
            if (LrsCredentials.FaultOf(all) is { } fault)
            {
                throw new ConfigurationException($"The credentials file {path} cannot be used: {fault}");
            }

            return [.. all.Select(one => Credential(one, path))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ConfigurationException($"The credentials file {path} cannot be read: {problem.Message}", problem);
        }
    }

    private static XapiCredential Credential(LrsCredentials read, string path) =>
        read.Scopes is null
            ? new XapiCredential(read.Key, read.Secret) { IsUnlimited = read.Unlimited }
            : new XapiCredential(read.Key, read.Secret)
            {
                IsUnlimited = read.Unlimited,
                Scopes = XapiScopeNames.Together(read.Scopes) ?? throw new ConfigurationException(
                    $"A scope of '{read.Key}' in {path} is none of: {XapiScopeNames.Known}."),
            };
}
