using System.CommandLine;
using Ledger.Client.Corrections;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>Adds a record that corrects another one.</summary>
internal static class RecordCorrectCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> of = new("--of")
        {
            Description = "The id of the statement that is wrong.", HelpName = "ID", Required = true,
        };
        Option<string> with = new("--with")
        {
            Description = "The statement as it is right, as JSON; actor, verb and time may be left out.",
            HelpName = "FILE",
            Required = true,
        };
        Option<string?> user = new("--lrs-user")
        {
            Description = "Your name at the store (else the profile's).", HelpName = "NAME",
        };
        Option<string?> secret = new("--lrs-password-file")
        {
            Description = "Your password at the store (else the profile's).", HelpName = "FILE",
        };
        return host.Verb(
            "correct",
            "Adds a statement that corrects another one of your store. Once it is anchored, readers get it in the "
                + "place of the earlier one, which stays until you erase it.",
            "ledger record correct --of 6f9619ff-8b86-4011-b42d-00c04fc964ff --with right.json",
            [of, with, user, secret],
            async (session, cancellation) =>
            {
                string earlier = session.Required(of);
                byte[] content = await EarlierAsync(session, earlier, cancellation).ConfigureAwait(false);
                byte[] draft = await File.ReadAllBytesAsync(session.Required(with), cancellation).ConfigureAwait(false);
                (byte[] json, string id) = Make(content, draft);
                using RecordStoreClient store =
                    RecordCommands.OpenStore(session, session.Get(user), session.Get(secret));
                await store.AddAsync(json, cancellation).ConfigureAwait(false);
                return new Answer()
                    .Field("id", id)
                    .Field("corrects", earlier)
                    .Note($"See how far it is: ledger record status {id}")
                    .Note($"The earlier one can go once it is anchored: ledger erasure record {earlier}");
            });
    }

    private static async Task<byte[]> EarlierAsync(Session session, string id, CancellationToken cancellation)
    {
        FoundRecords found = await session.Client.FindRecordsAsync(
            new RecordSearch { Id = id, WithContent = true }, cancellation).ConfigureAwait(false);
        return found.Records switch
        {
            [] => throw new CommandException(ExitCode.Refused, $"Your node's store holds no record {id}."),
            [{ Type: "xapi" } one, ..] => one.Content.ToByteArray(),
            _ => throw CommandException.WrongUse(
                $"{id} is a Caliper event: send the correcting event by a Caliper sensor, with the extension "
                    + $"{RecordCorrection.Extension}."),
        };
    }

    private static (byte[] Json, string Id) Make(byte[] earlier, byte[] draft)
    {
        try
        {
            return CorrectionDraft.Make(earlier, draft);
        }
        catch (RecordFormatException problem)
        {
            throw CommandException.WrongUse(problem.Message);
        }
    }
}
