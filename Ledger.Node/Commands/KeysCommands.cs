using System.CommandLine;
using System.Globalization;
using Ledger.Client.Keys;
using Ledger.Node.Configuration;
using Ledger.Node.Erasure;
using Ledger.Node.Keys;
using Ledger.Node.Sealing;

namespace Ledger.Node.Commands;

/// <summary>
/// <c>ledger keys</c>: copies of the file under whose keys records rest. It is backed up apart from the records, and
/// for 30 days at most: then what was erased is gone from every copy of them.
/// </summary>
public static class KeysCommands
{
    /// <summary>The command with its verbs.</summary>
    public static Command Create() => new("keys", "The keys of persons, under which the node's records rest.")
    {
        Backup(), Check(), Restore(),
    };

    private static Command Backup()
    {
        Option<string> home = CommonOptions.Home();
        Option<string> target = new("--out") { Description = "Where the copy goes; a new file.", Required = true };
        Command command = new(
            "backup",
            "Copy the keys as they are now, wrapped. The node may run. Keep the copy apart from the records, and for\n"
            + "30 days at most: as long as it exists, older copies of the records can still be read with it.\n"
            + "Example: ledger keys backup --home north --out keys-2026-03-01.sqlite")
        {
            home, target,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            string path = PathOf(NodeConfiguration.Load(result.GetRequiredValue(home)));
            KeyFileFacts facts = KeyFileCopies.Copy(RequireFile(path), result.GetRequiredValue(target));
            Say(facts);
            Console.WriteLine($"copy  {result.GetRequiredValue(target)}");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Check()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Option<string?> file = new("--file") { Description = "A copy, in place of the node's own file." };
        Command command = new(
            "check",
            "Open every key of the node's file, or of a copy, with the node's secret. The node may run.\n"
            + "Example: ledger keys check --home north --file keys-2026-03-01.sqlite")
        {
            home, passwordFile, file,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            string path = RequireFile(result.GetValue(file) ?? PathOf(configuration));
            using RecordsKey key = KeyOf(configuration, result.GetValue(passwordFile));
            Say(KeyFileCopies.Check(path, key));
            Console.WriteLine("Whole: each opens with the node's secret.");
            return ExitCode.Done;
        }));
        return command;
    }

    private static Command Restore()
    {
        Option<string> home = CommonOptions.Home();
        Option<string?> passwordFile = CommonOptions.PasswordFile();
        Option<string> from = new("--from") { Description = "The copy.", Required = true };
        Command command = new(
            "restore",
            "Put the keys of a copy back that a stopped node's file lacks, but for those that were erased. Where the\n"
            + "file is another one, or damaged as a whole, it is set aside, and the copy takes its place.\n"
            + "Example: ledger keys restore --home north --from keys-2026-03-01.sqlite")
        {
            home, passwordFile, from,
        };
        command.SetAction(result => Edge.Run(result, () =>
        {
            NodeConfiguration configuration = NodeConfiguration.Load(result.GetRequiredValue(home));
            string copy = RequireFile(result.GetRequiredValue(from));
            using RecordsKey key = KeyOf(configuration, result.GetValue(passwordFile));
            // Holding its data says that the node is stopped, and keeps it from starting meanwhile.
            using NodeFolder? stopped = Directory.Exists(configuration.Resolve(configuration.Data))
                ? NodeFolder.Open(configuration)
                : null;
            using ErasureList erased = new(configuration.Resolve(ErasureList.FileName));
            RestoredKeys restored = KeyFileCopies.Restore(copy, PathOf(configuration), key, erased);
            Say(KeyFileCopies.FactsOf(PathOf(configuration)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"restored  {restored.Added:N0}"));
            if (restored.Aside is { } aside)
            {
                Console.WriteLine($"The former file is {aside}: delete it too.");
            }

            return ExitCode.Done;
        }));
        return command;
    }

    private static string PathOf(NodeConfiguration configuration) => configuration.Resolve(PersonKeys.FileName);

    private static string RequireFile(string path) => File.Exists(path)
        ? path
        : throw new ConfigurationException($"There is no file {path}.");

    private static RecordsKey KeyOf(NodeConfiguration configuration, string? passwordFile)
    {
        using Password password = PasswordSource.Existing(passwordFile ?? configuration.PasswordFile);
        using NodeSecrets secrets = NodeSecrets.Open(
            configuration.Resolve(configuration.Secrets), configuration.Resolve(configuration.IdentityKey), password);
        return new RecordsKey(secrets.RecordsSecret ?? throw new ConfigurationException(
            "The node's secrets hold none of the records: they are an older copy, or the node has not run since."));
    }

    private static void Say(KeyFileFacts facts)
    {
        Console.WriteLine($"file  {facts.Name}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"keys  {facts.Ids.Count:N0}"));
    }
}
