using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Publishes the key to which others encrypt.</summary>
internal static class KeyPublishCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string?> file = new("FILE")
        {
            Description = "The file of an encryption key.", Arity = ArgumentArity.ZeroOrOne,
        };
        Option<bool> node = new("--node") { Description = "The key of your institution's node instead of a file's." };
        return host.Verb(
            "publish",
            "Publishes the key to which others encrypt to you; replaces the one before.",
            "ledger key publish alice.x25519",
            [file, node],
            async (session, cancellation) =>
            {
                PublicKeyBytes key = session.Get(node)
                    ? await session.Client.GetNodeKeyAsync(cancellation).ConfigureAwait(false)
                    : KeyOf(session.Get(file) ?? throw CommandException.WrongUse("Name a key file, or say --node."));
                return await TransactionSender.SendAsync(
                    session, cancellation, Operations.PublishEncryptionKey(key.ToArray())).ConfigureAwait(false);
            });
    }

    private static PublicKeyBytes KeyOf(string path)
    {
        SecretFileHeader header = SecretFile.ReadHeader(path);
        return header.Kind == KeyFile.EncryptionKind
            && PublicKeyBytes.TryRead(Convert.FromHexString(header.PublicKey), out PublicKeyBytes key)
                ? key
                : throw CommandException.WrongUse(
                    $"{path} holds no encryption key. Make one with: ledger key new FILE --kind encryption");
    }
}
