using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Learners and their enrolments.</summary>
internal static class LearnerCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "learner",
        "Learners and their enrolments.",
        New(host),
        EnrolCommand.Create(host),
        Leave(host),
        Show(host),
        List(host),
        ClaimCommands.CreateClaim(host),
        ClaimCommands.CreateMerge(host),
        ClaimCommands.CreateOptOut(host),
        EarlierCommand.Create(host),
        LearnerExportCommand.Create(host),
        NoticesCommand.Create(host),
        GuardianCommands.Create(host),
        RecoveryCommands.Create(host),
        ClaimCommands.CreateLookup(host),
        PairCommands.CreatePair(host),
        PairCommands.CreateUnpair(host),
        PairCommands.CreatePairs(host),
        TestimonialCommands.Create(host));

    private static Command New(CommandHost host) => host.Verb(
        "new",
        "Makes the profile's key a learner of the ledger, with a user index.",
        "ledger key new alice.json && ledger learner new --profile alice",
        [],
        (session, cancellation) => TransactionSender.SendAsync(session, cancellation, Operations.UicCreate()));

    private static Command Leave(CommandHost host)
    {
        Argument<string> other = new("OTHER") { Description = "The institution (address or domain), or the learner." };
        Option<bool> asInstitution = new("--as-institution")
        {
            Description = "OTHER is the learner, and you the institution.",
        };
        return host.Verb(
            "leave",
            "Ends an enrolment; the learner's or the institution's signature alone does it.",
            "ledger learner leave kyoto-u.example",
            [other, asInstitution],
            async (session, cancellation) =>
            {
                Address me = session.Identity.Address;
                string named = session.Required(other);
                (Address learner, Address institution) = session.Get(asInstitution)
                    ? (Parties.Read(session, named), me)
                    : (me, await Parties.ReadInstitutionAsync(session, named, cancellation).ConfigureAwait(false));
                return await TransactionSender.SendAsync(
                    session, cancellation, Operations.EndEnrolment(learner, institution))
                    .ConfigureAwait(false);
            });
    }

    private static Command Show(CommandHost host)
    {
        Argument<string> who = new("LEARNER")
        {
            Description = "The address, or me.", DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "show", "Shows a learner and its enrolments.", "ledger learner show me", [who],
                async (session, cancellation) =>
        {
            LearnerView view = await session.Client.GetLearnerAsync(
                Parties.Read(session, session.Required(who)), cancellation).ConfigureAwait(false);
            return new Answer()
                .Field("address", Parties.Show(view.Address))
                .Field("registered height", view.Learner?.RegisteredHeight)
                .Field("open enrolments", view.Learner?.OpenEnrolments)
                .Field("index entries", view.Index?.Entries)
                .Field("providers", view.Index?.Parties)
                .Field("public key", Convert.ToHexStringLower(view.PublicKey.Span))
                .Table("enrolments", ["institution", "number", "from height", "to height"], view.Enrolments.Select(
                    static one => new object?[]
                    {
                        Parties.Show(one.Institution),
                        one.Number,
                        one.Enrolment?.Interval?.FromHeight,
                        one.Enrolment?.Interval is { ToHeight: > 0 } closed ? closed.ToHeight : null,
                    }));
        });
    }

    private static Command List(CommandHost host) => host.Verb(
        "list",
        "Lists the learners whose records your institution wrote or may reach.",
        "ledger learner list",
        [],
        async (session, cancellation) =>
        {
            SortedDictionary<string, int> learners = new(StringComparer.Ordinal);
            ByteString cursor = ByteString.Empty;
            do
            {
                IndexPage page = await session.Client.ListPicAsync(
                    new PicRequest
                    {
                        Provider = ByteString.CopyFrom(session.Identity.Address.ToArray()),
                        Page = new PageRequest { Cursor = cursor },
                    },
                    cancellation).ConfigureAwait(false);
                foreach (string? learner in page.Entries.Select(static entry => Parties.Show(entry.Learner)))
                {
                    if (learner is not null)
                    {
                        learners[learner] = learners.GetValueOrDefault(learner) + 1;
                    }
                }

                cursor = page.Cursor;
            }
            while (!cursor.IsEmpty);

            return new Answer().Table(
                "learners", ["learner", "entries"],
                    learners.Select(static one => new object?[] { one.Key, one.Value }));
        });
}
