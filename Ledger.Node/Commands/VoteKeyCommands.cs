using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Seats;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;
using Ledger.Primitives;

namespace Ledger.Node.Commands;

/// <summary><c>ledger vote-key</c>: the keys with which a node's seat votes.</summary>
public static class VoteKeyCommands
{
    /// <summary>Name of the card within the node's folder.</summary>
    public const string CardFileName = "vote-key.json";

    /// <summary>The command with its verbs.</summary>
    public static Command Create() => new("vote-key", "The keys with which the node's seat votes.")
    {
        Verb(
            "new",
            "Make a next vote key beside the one that the node has, and its card. The node may run; it holds both keys "
            + "once it is started again.",
            New),
        Verb("card", "Write the card of the newest vote key: what a proposal about seats needs.", Card),
        Verb(
            "drop-old",
            "Forget the older of two vote keys, once the node's seat votes with the newer one. The node must not run.",
            DropOld),
    };

    private static Command Verb(string name, string what, Func<NodeConfiguration, Password, int> run)
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Command command = new(name, $"{what}\nExample: ledger vote-key {name} --home north")
        {
            home, passwordFile,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            using Password password =
                PasswordSource.Existing(result.GetValue(passwordFile) ?? configuration.PasswordFile);
            return run(configuration, password);
        }));
        return command;
    }

    private static int New(NodeConfiguration configuration, Password password)
    {
        Hash256 chainId = RequireJoined(configuration);
        NodeSecrets.AddVoteKey(configuration.Resolve(configuration.Secrets), password);
        WriteCard(configuration, password, chainId);
        Console.WriteLine("The node holds this key once it is started again. Then propose it:");
        Console.WriteLine($"  ledger member rotate --vote-key {configuration.Resolve(CardFileName)}");
        Console.WriteLine($"and when it votes: ledger vote-key drop-old --home {configuration.Home}");
        return ExitCode.Done;
    }

    private static int Card(NodeConfiguration configuration, Password password)
    {
        WriteCard(configuration, password, RequireJoined(configuration));
        return ExitCode.Done;
    }

    private static int DropOld(NodeConfiguration configuration, Password password)
    {
        using NodeFolder folder = NodeFolder.Open(configuration);
        using (NodeSecrets secrets = Open(configuration, password))
        {
            PublicKeyBytes? seat = folder.SeatKey(secrets.Identity.Address);
            if (secrets.Votes.Length > 1 && seat != secrets.Votes[^1].PublicKey)
            {
                Console.Error.WriteLine(
                    "ledger-node: The seat does not vote with the newer key, as far as this node's store goes. "
                    + "Activate the change first, and let the node catch up. Nothing was changed.");
                return ExitCode.Refused;
            }
        }

        NodeSecrets.DropOldVoteKey(configuration.Resolve(configuration.Secrets), password);
        Console.WriteLine("The old vote key is gone from the key file. Delete it from backups too.");
        return ExitCode.Done;
    }

    private static void WriteCard(NodeConfiguration configuration, Password password, Hash256 chainId)
    {
        using NodeSecrets secrets = Open(configuration, password);
        VoteKeyCard card = VoteKeyCard.Create(chainId, secrets.Identity.Address, secrets.Votes[^1]);
        string path = configuration.Resolve(CardFileName);
        card.Write(path);
        Console.WriteLine($"vote key  {card.VoteKey}");
        Console.WriteLine($"proof     {Convert.ToHexStringLower(card.Proof.Span)}");
        Console.WriteLine($"card      {path}");
    }

    private static NodeSecrets Open(NodeConfiguration configuration, Password password) => NodeSecrets.Open(
        configuration.Resolve(configuration.Secrets), configuration.Resolve(configuration.IdentityKey), password);

    private static Hash256 RequireJoined(NodeConfiguration configuration) =>
        Hash256.TryParse(configuration.TrustedChainId, out Hash256 chainId)
            ? chainId
            : throw new ConfigurationException(
                $"This node belongs to no ledger yet. First: ledger join --home {configuration.Home} ...");
}
