using System.CommandLine;
using Ledger.Client.Institutions;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Sealing;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Whom to call at an institution, for the members' eyes.</summary>
internal static class ContactCommands
{
    public static Command Create(CommandHost host) => CommandHost.Group(
        "contact",
        "Whom to call at an institution: on the ledger, and for members alone to read.",
        "ledger institution contact show north.example --key north-encryption.json",
        Publish(host),
        Show(host),
        PublishKey(host));

    private static Command Publish(CommandHost host)
    {
        Option<string> name = new("--name") { Description = "The person or office.", Required = true };
        Option<string> email = Text("--email", "Its address.");
        Option<string> phone = Text("--phone", "Its number.");
        Option<string> note = Text("--note", "Hours, languages, or whatever else helps.");
        return host.Verb(
            "publish",
            "Publishes your institution's contact data, sealed to the members that have published an encryption key.",
            "ledger institution contact publish --name \"Registry\" --email registry@north.example",
            [name, email, phone, note],
            async (session, cancellation) =>
            {
                ContactCard card = new(
                    session.Required(name), session.Required(email), session.Required(phone), session.Required(note));
                (IReadOnlyList<Recipient> recipients, IReadOnlyList<string> without) =
                    await FindMembersAsync(session, cancellation).ConfigureAwait(false);
                if (recipients.Count == 0)
                {
                    throw new CommandException(
                        ExitCode.Refused,
                        "No member has published an encryption key: nobody could open it. Each does it with: "
                        + "ledger institution contact publish-key FILE");
                }

                SealedEnvelope envelope = SealedEnvelopes.Seal(
                    session.ChainId, session.Identity.Address, card.ToBytes(), recipients);
                Answer answer = await TransactionSender.SendAsync(
                    session, cancellation, Operations.PublishContact(envelope)).ConfigureAwait(false);
                answer.Field("recipients", recipients.Count);
                return without.Count == 0
                    ? answer
                    : answer.Note(
                        $"Without an encryption key, and so without the data: {string.Join(", ", without)}. "
                        + "Publish again when they have one.");
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> who = new("INSTITUTION") { Description = "Its address or domain." };
        Option<string> keyFile = new("--key")
        {
            Description = "Your institution's encryption key file.", HelpName = "FILE", Required = true,
        };
        Option<string?> password = new("--key-password-file") { Description = "Its password.", HelpName = "PATH" };
        return host.Verb(
            "show",
            "Opens an institution's contact data with your institution's encryption key.",
            "ledger institution contact show north.example --key north-encryption.json",
            [who, keyFile, password],
            async (session, cancellation) =>
            {
                Address owner = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                ContactInstance current = await FindAsync(session, owner, cancellation).ConfigureAwait(false);
                string path = session.Required(keyFile);
                using Password opened = session.AskPassword(session.Get(password), $"Password of {path}: ");
                using EncryptionKey key = KeyFile.OpenEncryptionKey(path, opened);
                Address me = Address.TryParse(SecretFile.ReadHeader(path).Address, out Address named)
                    ? named
                    : session.OwnAddress;
                byte[]? bytes = SealedEnvelopes.Open(session.ChainId, owner, current.Contact, me, key);
                ContactCard card = (bytes is null ? null : ContactCard.TryParse(bytes))
                    ?? throw new CommandException(
                        ExitCode.NotVerified,
                        "This key does not open it: it was sealed to other members, or to an earlier key of yours. "
                        + "Ask the institution to publish it again.");
                return new Answer()
                    .Field("name", card.Name)
                    .Field("email", card.Email)
                    .Field("phone", card.Phone)
                    .Field("note", card.Note)
                    .Field("from height", current.Interval.FromHeight);
            });
    }

    private static Command PublishKey(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "An encryption key file." };
        return host.Verb(
            "publish-key",
            "Publishes the open part of your encryption key, so that others can seal to you.",
            "ledger institution contact publish-key north-encryption.json",
            [file],
            (session, cancellation) =>
            {
                SecretFileHeader header = SecretFile.ReadHeader(session.Required(file));
                return header.Kind == KeyFile.EncryptionKind
                    ? TransactionSender.SendAsync(
                        session, cancellation,
                        Operations.PublishEncryptionKey(Convert.FromHexString(header.PublicKey)))
                    : throw CommandException.WrongUse(
                        $"{session.Required(file)} holds a {header.Kind}. Make an encryption key with: "
                        + "ledger key new FILE --kind encryption --address me");
            });
    }

    private static async Task<ContactInstance> FindAsync(
        Session session, Address owner, CancellationToken cancellation)
    {
        ContactInstance? found = null;
        await foreach (StateItem<ContactInstance> item in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.Contact, owner), ContactInstance.Parser, cancellation).ConfigureAwait(false))
        {
            found = item.Value.Interval.ToHeight == 0 ? item.Value : found;
        }

        return found ?? throw new CommandException(ExitCode.Refused, "It has published no contact data.");
    }

    private static async Task<(IReadOnlyList<Recipient> Recipients, IReadOnlyList<string> Without)> FindMembersAsync(
        Session session, CancellationToken cancellation)
    {
        SortedDictionary<Address, Recipient> keys = [];
        await foreach (StateItem<EncryptionKeyInstance> item in session.Client.ListInstancesAsync(
            [(byte)StateKind.EncryptionKey], EncryptionKeyInstance.Parser, cancellation).ConfigureAwait(false))
        {
            Address owner = new(item.Part(0));
            if (item.Value.Interval.ToHeight == 0)
            {
                keys[owner] = new Recipient(owner, item.Number, item.Value.PublicKey.Memory);
            }
        }

        List<Recipient> recipients = [];
        List<string> without = [];
        await foreach (StateItem<Institution> item in session.Client.ListAsync(
            [(byte)StateKind.Institution], Institution.Parser, cancellation).ConfigureAwait(false))
        {
            if (item.Value.Status != InstitutionStatus.Member)
            {
                continue;
            }

            if (keys.TryGetValue(new Address(item.Part(0)), out Recipient? recipient))
            {
                recipients.Add(recipient);
            }
            else
            {
                without.Add(item.Value.Name);
            }
        }

        return (recipients, without);
    }

    private static Option<string> Text(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = static _ => string.Empty };
}
