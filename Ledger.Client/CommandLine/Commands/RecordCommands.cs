using System.CommandLine;
using System.Text;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Learning records.</summary>
internal static class RecordCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "record", "Learning records.", Add(host), Show(host), ReadCommand.Create(host), Verify(host));

    private static Command Add(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "xAPI statement or statements, or a Caliper envelope, as JSON." };
        return host.Verb(
            "add",
            "Hands records to the learning record store of the profile; the node anchors them.",
            "ledger record add statement.json",
            [file],
            async (session, cancellation) =>
            {
                byte[] json = await File.ReadAllBytesAsync(session.Required(file), cancellation).ConfigureAwait(false);
                using RecordStoreClient store = OpenStore(session);
                string answer = await store.AddAsync(json, cancellation).ConfigureAwait(false);
                return new Answer().Field("answer", answer);
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The address, or me." };
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        return host.Verb(
            "show",
            "Shows who has anchored how many records of a learner and a verb.",
            "ledger record show me completed",
            [learner, verb],
            async (session, cancellation) =>
            {
                LlpcView view = await session.Client.GetLlpcAsync(
                    Parties.Read(session, session.Required(learner)),
                    VerbResolver.Resolve(session.Required(verb)),
                    cancellation).ConfigureAwait(false);
                return new Answer()
                    .Field("learner", Parties.Show(view.Learner))
                    .Field("verb", VerbTable.Standard.Format(view.Verb))
                    .Field("iri", view.Verb)
                    .Table("writers", ["writer", "records", "erased", "last height"], view.Ranges.Select(
                        static one => new object?[]
                        {
                            Parties.Show(one.Writer), one.Range?.Count, one.Range?.Erased, one.Range?.LastHeight,
                        }));
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
                session, session.Required(file), session.Get(checkpoint), session.Get(genesis), expectedKind: "records"));
    }

    private static RecordStoreClient OpenStore(Session session)
    {
        if (session.Profile is not { Lrs: { } address, LrsUser: { } user, LrsPasswordFile: { } file })
        {
            throw CommandException.WrongUse(
                "The profile names no record store. Add it: ledger profile add NAME --lrs URI --lrs-user NAME --lrs-password-file FILE …");
        }

        if (!NodeEndpoint.TryParse(address, session.Profile.TlsPin, out NodeEndpoint? store, out string problem))
        {
            throw CommandException.WrongUse(problem);
        }

        string password = File.ReadAllText(session.Profiles.Resolve(file), Encoding.UTF8).TrimEnd('\r', '\n');
        return new RecordStoreClient(store, user, password);
    }
}
