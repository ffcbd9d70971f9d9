using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Profiles;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Learning records.</summary>
internal static class RecordCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "record",
        "Learning records.",
        Add(host),
        RecordCorrectCommand.Create(host),
        Status(host),
        RecordFindCommands.CreateList(host),
        RecordFindCommands.CreateShow(host),
        RecordFindCommands.CreateStats(host),
        RecordReceiptCommand.Create(host),
        RecordExportCommand.Create(host),
        LearnerExportCommand.CreatePerson(host),
        RecordImportCommand.Create(host),
        RecordLinkCommands.CreateLinks(host),
        RecordLinkCommands.CreateRefused(host),
        ReadCommand.Create(host),
        RecordLimitsCommand.Create(host),
        RecordCopiesCommand.Create(host),
        FeaturesCommand.Create(host),
        FeaturesCommand.CreateRecount(host), ScoreCommand.Create(host),
        Verify(host));

    private static Command Add(CommandHost host)
    {
        Argument<string> file = new("FILE")
        {
            Description = "xAPI statement or statements, or a Caliper envelope, as JSON.",
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
            "add",
            "Hands records to the learning record store of the profile; the node anchors them.",
            "ledger record add statement.json",
            [file, user, secret],
            async (session, cancellation) =>
            {
                byte[] json = await File.ReadAllBytesAsync(session.Required(file), cancellation).ConfigureAwait(false);
                using RecordStoreClient store = OpenStore(session, session.Get(user), session.Get(secret));
                string answer = await store.AddAsync(json, cancellation).ConfigureAwait(false);
                return new Answer().Field("answer", answer).Note("See how far a record is: ledger record status ID");
            });
    }

    private static Command Status(CommandHost host)
    {
        Argument<string> id = new("ID") { Description = "The statement's or event's id." };
        return host.Verb(
            "status",
            "Shows how far a record of your node's store is on its way to the ledger.",
            "ledger record status 6f9619ff-8b86-4011-b42d-00c04fc964ff",
            [id],
            async (session, cancellation) =>
            {
                RecordView view = await session.Client.GetRecordAsync(session.Required(id), cancellation)
                    .ConfigureAwait(false);
                return new Answer()
                    .Field("id", view.Id)
                    .Field("type", view.Type)
                    .Field("account", view.ActorKey)
                    .Field("state", view.State)
                    .Field("verb", VerbTable.Standard.Format(view.Verb))
                    .Field("learner", Parties.Show(view.Learner))
                    .Field("height", view.Height == 0 ? null : view.Height)
                    .Field("index", view.Height == 0 ? null : view.Index)
                    .Field("commitment", Convert.ToHexStringLower(view.Commitment.Span))
                    .Field("stored", Times.Show(view.StoredUnixMs))
                    .Field("refusal", view.Refusal.Length == 0 ? null : view.Refusal)
                    .With(view.State == "refused" ? ExitCode.Refused : view.State == "submitted" ? ExitCode.Undecided
                        : ExitCode.Done);
            });
    }

    private static Command Verify(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "Records that were saved with: ledger record read --out" };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "verify",
            "Verifies records that were read, offline.",
            "ledger record verify alice.records",
            [file, genesis, checkpoint],
            session => VerifyCommand.Run(
                session, session.Required(file), session.Get(checkpoint), session.Get(genesis),
                    expectedKind: "records"));
    }

    /// <summary>The record store of the profile, by the credentials that were named, else the profile's.</summary>
    public static RecordStoreClient OpenStore(Session session, string? namedUser, string? namedFile)
    {
        Profile profile = session.Profile;
        if (profile.Lrs is not { } address)
        {
            throw CommandException.WrongUse(
                "The profile names no record store. Make it anew with: ledger profile add NAME --lrs URI …");
        }

        if (!NodeEndpoint.TryParse(address, profile.TlsPin, out NodeEndpoint? store, out string problem))
        {
            throw CommandException.WrongUse(problem);
        }

        (string user, string password) = StoreCredentials.Read(session, namedUser, namedFile);
        return new RecordStoreClient(store, user, password);
    }
}
