using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Node.Keys;
using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Commands;

/// <summary><c>ledger link</c>: the node's links to other record stores.</summary>
public static class LinkCommands
{
    /// <summary>The command with its verbs.</summary>
    public static Command Create() => new("link", "The node's links to other record stores.")
    {
        Add(), List(), Remove(),
    };

    private static Command Add()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Option<string> name = Name();
        Option<string> kind = new("--kind")
        {
            Description = $"What it does: {string.Join(", ", LinkNames.Kinds)}.", Required = true,
        };
        Option<string> address = new("--address")
        {
            Description = "The other store: the address before /statements, or OpenLRW's own.", Required = true,
        };
        Option<string> user = new("--user") { Description = "This node's name there.", Required = true };
        Option<string> secretFile = new("--secret-file")
        {
            Description = "File whose first line is this node's secret there. It is kept with the node's keys.",
            Required = true,
        };
        Command command = new(
            "add",
            "Add a link, or change the one of that name. A node that runs works it within seconds, and once it is "
            + "started again where its password is in no file.\n"
            + "Example: ledger link add --home north --name campus --kind pull-xapi "
            + "--address https://lrs.north.example/xapi --user ledger --secret-file campus.secret")
        {
            home, passwordFile, name, kind, address, user, secretFile,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            if (!LinkNames.TryFind(result.GetRequiredValue(kind), out LinkKind? found))
            {
                throw new ConfigurationException($"--kind is one of: {string.Join(", ", LinkNames.Kinds)}.");
            }

            LinkSettings link = new(
                result.GetRequiredValue(name), found.Value, result.GetRequiredValue(address),
                result.GetRequiredValue(user));
            link.Require();
            using Password password =
                PasswordSource.Existing(result.GetValue(passwordFile) ?? configuration.PasswordFile);
            using Password secret = Password.FromFile(result.GetRequiredValue(secretFile));
            return Keep(configuration, link, password, secret);
        }));
        return command;
    }

    private static Command List()
    {
        Option<string> home = CommonOptions.Home();
        Command command = new("list", "List the links. How they do says: ledger record links\n"
            + "Example: ledger link list --home north")
        {
            home,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            foreach (LinkSettings link in LinksFile.Load(PathOf(configuration)))
            {
                Console.WriteLine($"{link.Name}\t{LinkNames.Of(link.Kind)}\t{link.Address}\t{link.User}");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Remove()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Option<string> name = Name();
        Command command = new(
            "remove",
            "Forget a link and its secret. Where it stood is remembered, for a link of that name that is added later.\n"
            + "Example: ledger link remove --home north --name campus")
        {
            home, passwordFile, name,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            using Password password =
                PasswordSource.Existing(result.GetValue(passwordFile) ?? configuration.PasswordFile);
            return Forget(configuration, result.GetRequiredValue(name), password);
        }));
        return command;
    }

    // The secret is there before the link that needs it, and is gone after it.
    private static int Keep(NodeConfiguration configuration, LinkSettings link, Password password, Password secret)
    {
        string path = PathOf(configuration);
        LinkSettings[] links = [.. LinksFile.Load(path).Where(one => one.Name != link.Name), link];
        if (secret.Bytes.Length is 0 or > NodeSecrets.LinkSecretBytesMax)
        {
            throw new ConfigurationException($"A secret has 1 to {NodeSecrets.LinkSecretBytesMax} bytes.");
        }

        NodeSecrets.SetLinkSecret(configuration.Resolve(configuration.Secrets), password, link.Name, secret.Bytes);
        LinksFile.Save(path, links);
        Console.WriteLine($"Link {link.Name} is kept. The node works it within seconds; its log says so.");
        return ExitCode.Done;
    }

    private static int Forget(NodeConfiguration configuration, string name, Password password)
    {
        string path = PathOf(configuration);
        IReadOnlyList<LinkSettings> links = LinksFile.Load(path);
        if (links.All(link => link.Name != name))
        {
            throw new ConfigurationException($"There is no link {name}. See: ledger link list");
        }

        LinksFile.Save(path, links.Where(link => link.Name != name));
        NodeSecrets.DropLinkSecret(configuration.Resolve(configuration.Secrets), password, name);
        Console.WriteLine($"Link {name} is forgotten. The node ends it within seconds; its log says so.");
        return ExitCode.Done;
    }

    private static string PathOf(NodeConfiguration configuration) => configuration.Resolve(LinksFile.FileName);

    private static Option<string> Name() =>
        new("--name") { Description = "The link's name: lower-case letters, digits, hyphens.", Required = true };
}
