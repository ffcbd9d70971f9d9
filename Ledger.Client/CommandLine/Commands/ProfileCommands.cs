using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Profiles;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Profiles: which node, chain and key the other commands use.</summary>
internal static class ProfileCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "profile", "Which node, chain and key the other commands use.", Use(host), List(host), Show(host), Add(host));

    private static Command Use(CommandHost host)
    {
        Argument<string> name = new("NAME") { Description = "The profile." };
        return host.Verb("use", "Makes a profile the current one.", "ledger profile use kyoto", [name], session =>
        {
            session.Profiles.Use(session.Required(name));
            return new Answer().Field("current", session.Required(name));
        });
    }

    private static Command List(CommandHost host) =>
        host.Verb("list", "Lists the profiles.", "ledger profile list", [], session =>
        {
            string? current = session.Profiles.Current;
            return new Answer().Table("profiles", ["name", "current", "node"], session.Profiles.List().Select(
                name => new object?[] { name, name == current, session.Profiles.Load(name).Node }));
        });

    private static Command Show(CommandHost host)
    {
        Argument<string?> name = new("NAME")
        {
            Description = "The profile; else the current one.", Arity = ArgumentArity.ZeroOrOne,
        };
        return host.Verb("show", "Shows a profile.", "ledger profile show kyoto", [name], session =>
        {
            string shown = session.Get(name) ?? session.ProfileName;
            Profile profile = session.Profiles.Load(shown);
            return new Answer()
                .Field("name", shown)
                .Field("node", profile.Node)
                .Field("tls pin", profile.TlsPin)
                .Field("chain id", profile.ChainId)
                .Field("genesis", profile.Genesis)
                .Field("key file", profile.KeyFile)
                .Field("password file", profile.PasswordFile)
                .Field("lrs", profile.Lrs)
                .Field("lrs user", profile.LrsUser);
        });
    }

    private static Command Add(CommandHost host)
    {
        Argument<string> name = new("NAME") { Description = "Letters, digits, - and _." };
        Option<string> node = new("--node") { Description = "The node's address.", HelpName = "URI", Required = true };
        Option<string?> pin = new("--tls-pin")
        {
            Description = "SHA-256 of the node's TLS public key.", HelpName = "HEX",
        };
        Option<string?> genesis = new("--genesis") { Description = "The chain's genesis document.", HelpName = "FILE" };
        Option<string?> chain = new("--chain-id")
        {
            Description = "The chain, without its genesis document.", HelpName = "HEX",
        };
        Option<string?> key = new("--key-file") { Description = "Your signing key.", HelpName = "FILE" };
        Option<string?> lrs = new("--lrs") { Description = "The learning record store.", HelpName = "URI" };
        Option<string?> user = new("--lrs-user") { Description = "Your name at the store.", HelpName = "NAME" };
        Option<string?> secret = new("--lrs-password-file")
        {
            Description = "Your password at the store.", HelpName = "FILE",
        };
        Option<string?> credentials = new("--lrs-credentials")
        {
            Description = "The file with name and password that the node made.", HelpName = "FILE",
        };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace a profile of this name." };
        const string Example =
            "ledger profile add kyoto --node https://node.kyoto.example:7001 --tls-pin 5f1c… --genesis "
                + "genesis.ledger --key-file kyoto.json";
        Symbol[] symbols = [name, node, pin, genesis, chain, key, lrs, user, secret, credentials, overwrite];
        return host.Verb(
            "add", "Makes a profile; a password file given with --password-file is kept in it.", Example, symbols,
                session =>
        {
            Profile profile = new()
            {
                Node = session.Required(node),
                TlsPin = session.Get(pin),
                ChainId = ReadChainId(session.Get(genesis), session.Get(chain)).ToString(),
                Genesis = Absolute(session.Get(genesis)),
                KeyFile = Absolute(session.Get(key)),
                PasswordFile = Absolute(session.PasswordFile),
                Lrs = session.Get(lrs),
                LrsUser = session.Get(user),
                LrsPasswordFile = Absolute(session.Get(secret)),
                LrsCredentials = Absolute(session.Get(credentials)),
            };
            if (!NodeEndpoint.TryParse(profile.Node, profile.TlsPin, out _, out string problem))
            {
                throw CommandException.WrongUse(problem);
            }

            session.Profiles.Save(session.Required(name), profile, session.Get(overwrite));
            return new Answer().Field("name", session.Required(name)).Field("chain id", profile.ChainId);
        });
    }

    private static Hash256 ReadChainId(string? genesis, string? chainId)
    {
        if (genesis is not null)
        {
            return TrustRoot.TryFromGenesis(File.ReadAllBytes(genesis), out TrustRoot? root)
                ? root.ChainId
                : throw CommandException.WrongUse($"{genesis} is not a genesis document.");
        }

        return Hash256.TryParse(chainId, out Hash256 read)
            ? read
            : throw CommandException.WrongUse(
                "Name the chain: --genesis FILE, or --chain-id with 64 hexadecimal digits.");
    }

    private static string? Absolute(string? path) => path is null ? null : Path.GetFullPath(path);
}
