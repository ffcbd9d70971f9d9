using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;

namespace Ledger.Node.Commands;

/// <summary><c>ledger init</c>: a folder with keys, a configuration, and the card for the other institutions.</summary>
public static class InitCommand
{
    private const int LrsSecretBytes = 24;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string> home = CommonOptions.Home();
        Option<string> name = new("--name") { Description = "The institution's name.", Required = true };
        Option<string> domain = new("--domain") { Description = "The institution's domain name.", Required = true };
        Option<string> peer = new("--peer") { Description = "Where peers connect, ADDRESS:PORT.", Required = true };
        Option<string> api = new("--api") { Description = "Where the API listens, ADDRESS:PORT.", Required = true };
        Option<string> lrs = new("--lrs")
        {
            Description = "Where the learning record store listens, ADDRESS:PORT (with TLS beyond this machine).",
            Required = true,
        };
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Command command = new(
            "init",
            "Make a node: its keys, its configuration and the card that the other institutions need.\n"
            + "Example: ledger init --home north --name \"North University\" --domain north.example "
            + "--peer 192.0.2.1:7101 --api 192.0.2.1:7102 --lrs 127.0.0.1:7103 --password-file north.password")
        {
            home, name, domain, peer, api, lrs, passwordFile,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = new()
            {
                Home = result.GetRequiredValue(home),
                Name = result.GetRequiredValue(name),
                Domain = result.GetRequiredValue(domain),
                PeerListen = result.GetRequiredValue(peer),
                ApiListen = result.GetRequiredValue(api),
                LrsListen = result.GetRequiredValue(lrs),
                PasswordFile = result.GetValue(passwordFile) is { } file ? Path.GetFullPath(file) : null,
            };
            return Run(configuration, result.InvocationConfiguration.Output);
        }));
        return command;
    }

    private static int Run(NodeConfiguration configuration, TextWriter output)
    {
        ListenAddress.Parse(configuration.PeerListen, "--peer");
        ListenAddress.Parse(configuration.ApiListen, "--api");
        IPEndPoint lrs = ListenAddress.Parse(configuration.LrsListen, "--lrs");

        // What other machines reach is served with TLS from the beginning.
        configuration.RecordPort.Tls =
            ListenAddress.IsThisMachine(lrs) ? RecordPortSettings.NoTls : RecordPortSettings.NodeTls;
        if (File.Exists(Path.Combine(configuration.Home, NodeConfiguration.FileName)))
        {
            throw new ConfigurationException(
                $"There is a node in {configuration.Home} already. Choose another folder; nothing was changed.");
        }

        MakeHome(configuration.Home);
        using Password password = PasswordSource.New(configuration.PasswordFile);
        string secretsPath = configuration.Resolve(configuration.Secrets);
        string identityPath = configuration.Resolve(configuration.IdentityKey);
        NodeSecrets.Create(secretsPath, identityPath, configuration.Domain, password, DateTimeOffset.UtcNow);
        using NodeSecrets secrets = NodeSecrets.Open(secretsPath, identityPath, password);
        WriteJson(configuration, FounderCard.FileName, new FounderCard(
            configuration.Name,
            configuration.Domain,
            secrets.Identity.Address.ToString(),
            secrets.Identity.PublicKey.ToString(),
            secrets.Votes[0].PublicKey.ToString(),
            "https://" + configuration.PeerListen));
        WriteJson(configuration, configuration.LrsCredentials, new LrsCredentials(
            "tools", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(LrsSecretBytes))));
        configuration.Save();
        output.WriteLine($"{configuration.Name}: address {secrets.Identity.Address}");
        output.WriteLine($"Give {Path.Combine(configuration.Home, FounderCard.FileName)} to the other institutions.");
        return ExitCode.Done;
    }

    private static void MakeHome(string home)
    {
        try
        {
            Directory.CreateDirectory(home);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The folder {home} cannot be made: {problem.Message}", problem);
        }
    }

    private static void WriteJson<T>(NodeConfiguration configuration, string file, T value)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, typeof(T), NodeConfigurationJson.Default);
        AtomicFile.Write(configuration.Resolve(file), json, overwrite: false);
    }
}
