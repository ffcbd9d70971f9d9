using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Another key for the profile's address.</summary>
internal static class KeyRotateCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Where to write the new key." };
        Option<string?> password = new("--new-password-file")
        {
            Description = "File with the new key's password; else it is asked for.", HelpName = "PATH",
        };
        return host.Verb(
            "rotate",
            "Goes on under another key: the address stays, the old key signs nothing more. Works with any node, so "
                + "also while your own is down.",
            "ledger key rotate kyoto-2.json",
            [file, password],
            async (session, cancellation) =>
            {
                CallerIdentity me = session.Identity;
                string path = session.Required(file);
                ulong number = await NextNumberAsync(session, me.Address, cancellation).ConfigureAwait(false);
                using SigningKey next = MakeOrOpen(session, path, me.Address, session.Get(password));
                (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
                    session, Operations.RotateKey(session.ChainId, me.Address, number, next), cancellation)
                    .ConfigureAwait(false);
                if (result is not { Code: ResultCode.Accepted })
                {
                    return answer.Note($"The profile still uses the old key. {path} serves for the next attempt.");
                }

                session.Profiles.Save(
                    session.ProfileName,
                    session.Profile with
                    {
                        KeyFile = Path.GetFullPath(path),
                        PasswordFile = session.Get(password) is { } secret ? Path.GetFullPath(secret) : null,
                    },
                    overwrite: true);
                return answer.Field("key", number)
                    .Field("public key", next.PublicKey.ToString())
                    .Note($"The profile {session.ProfileName} uses {path} from now on. Keep a copy of it.")
                    .Note("An institution gives the new key to its node too, and publishes its domain's file again.");
            });
    }

    // The key is on disk before the ledger knows it: lost in between, it would take the address with it.
    private static SigningKey MakeOrOpen(Session session, string path, Address owner, string? passwordFile)
    {
        if (!File.Exists(path))
        {
            using Password first = KeyCommands.NewPassword(session, passwordFile);
            SigningKey made = SigningKey.Create();
            KeyFile.Write(path, made, owner, first, overwrite: false);
            return made;
        }

        SecretFileHeader header = SecretFile.ReadHeader(path);
        if (header.Kind != KeyFile.SigningKind || header.Address != owner.ToString())
        {
            throw CommandException.WrongUse($"{path} exists and is no signing key of {owner}. Name another file.");
        }

        using Password known = session.AskPassword(passwordFile, $"Password of {path}: ");
        return KeyFile.OpenSigningKey(path, known);
    }

    private static async Task<ulong> NextNumberAsync(Session session, Address owner, CancellationToken cancellation)
    {
        ulong count = 0;
        await foreach (StateItem<KeyInstance> item in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.SigningKey, owner), KeyInstance.Parser, cancellation).ConfigureAwait(false))
        {
            count = item.Number;
        }

        return count == 0
            ? throw new CommandException(ExitCode.Refused, "The ledger does not know your address yet.")
            : count + 1;
    }
}
