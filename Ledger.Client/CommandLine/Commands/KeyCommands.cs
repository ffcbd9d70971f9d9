using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Key files.</summary>
internal static class KeyCommands
{
    public static Command Create(CommandHost host) =>
        CommandHost.Noun(
            "key", "Key files: they hold what proves who you are.", New(host), Show(host), ChangePassword(host),
            KeyRotateCommand.Create(host), KeyHistoryCommand.Create(host),
            KeyPublishCommand.Create(host));

    private static Command New(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Where to write it." };
        Option<string> kind = new("--kind")
        {
            Description = "signing or encryption.", DefaultValueFactory = static _ => "signing",
        };
        kind.AcceptOnlyFromAmong("signing", "encryption");
        Option<string?> address = new("--address")
        {
            Description = "Whose encryption key it is; a signing key's address derives from the key.",
                HelpName = "ADDRESS",
        };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace the file. The old key is lost." };
        return host.Verb(
            "new", "Makes a key, under a password.", "ledger key new alice.json", [file, kind, address, overwrite],
                session =>
        {
            using Password password = NewPassword(session, session.PasswordFile);
            return session.Get(kind) == "encryption"
                ? WriteEncryptionKey(
                    session, session.Required(file), session.Get(address), password, session.Get(overwrite))
                : WriteSigningKey(session.Required(file), password, session.Get(overwrite));
        });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "The key file." };
        return host.Verb("show", "Shows the open part of a key file.", "ledger key show alice.json", [file], session =>
        {
            SecretFileHeader header = SecretFile.ReadHeader(session.Required(file));
            return new Answer()
                .Field("kind", header.Kind)
                .Field("address", header.Address.Length == 0 ? null : header.Address)
                .Field("public key", header.PublicKey.Length == 0 ? null : header.PublicKey);
        });
    }

    private static Command ChangePassword(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "The key file." };
        Option<string?> replacement = new("--new-password-file")
        {
            Description = "File with the new password; else it is asked for.", HelpName = "PATH",
        };
        return host.Verb(
            "change-password",
            "Puts a key under another password.",
            "ledger key change-password alice.json",
            [file, replacement],
            session =>
            {
                string path = session.Required(file);
                using Password old = session.AskPassword(session.PasswordFile, $"Password of {path}: ");
                using Password next = NewPassword(session, session.Get(replacement));
                SecretFile.ChangePassword(path, old, next);
                return new Answer().Note($"{path} has a new password.");
            });
    }

    private static Answer WriteSigningKey(string path, Password password, bool overwrite)
    {
        using SigningKey key = SigningKey.Create();
        KeyFile.Write(path, key, key.Address, password, overwrite);
        return new Answer()
            .Field("file", path)
            .Field("address", key.Address.ToString())
            .Field("public key", key.PublicKey.ToString())
            .Note("Keep a copy of the file and the password: nobody can restore them.");
    }

    private static Answer WriteEncryptionKey(
        Session session, string path, string? address, Password password, bool overwrite)
    {
        Address owner = address is null or "me" ? session.OwnAddress : Parties.Read(session, address);
        using EncryptionKey key = EncryptionKey.Create();
        KeyFile.Write(path, key, owner, password, overwrite);
        return new Answer()
            .Field("file", path)
            .Field("address", owner.ToString())
            .Field("public key", Convert.ToHexStringLower(key.PublicKey));
    }

    /// <summary>A new password: from the file that is named, else typed twice.</summary>
    public static Password NewPassword(Session session, string? file)
    {
        Password first = session.AskPassword(file, "New password: ");
        if (file is not null)
        {
            return first;
        }

        using Password again = session.AskPassword(null, "Once more: ");
        if (first.Matches(again))
        {
            return first;
        }

        first.Dispose();
        throw CommandException.WrongUse("The two passwords differ. Nothing was written.");
    }
}
