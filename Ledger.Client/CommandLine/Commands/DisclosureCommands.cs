using System.CommandLine;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What a learner shows of its records to people without an account.</summary>
internal static class DisclosureCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "disclosure",
        "What a learner shows of its records to people without an account.",
        DisclosureMakeCommand.Create(host),
        Share(host),
        Unshare(host),
        List(host),
        Fetch(host));

    private static Command Share(CommandHost host)
    {
        Argument<string> file = new("FILE") { Description = "What was made with: ledger disclosure make" };
        return host.Verb(
            "share",
            "Has the profile's node give the file to whoever has the link, until it ends or you unshare it. The link "
                + "ends, and not the records.",
            "ledger disclosure share for-acme.proof",
            [file],
            async (session, cancellation) =>
            {
                byte[] bytes = await File.ReadAllBytesAsync(session.Required(file), cancellation).ConfigureAwait(false);
                DisclosureId id = DisclosureId.OfFile(bytes, session.Required(file), session.ChainId);
                DisclosureStanding standing =
                    await session.Client.ShareDisclosureAsync(bytes, cancellation).ConfigureAwait(false);
                if (standing.State != SharedState.Shared)
                {
                    throw new CommandException(
                        ExitCode.Refused,
                        $"The node does not share it: it is {NameOf(standing.State)}. Make a new disclosure.");
                }

                return new Answer()
                    .Field("id", id.Id.ToString())
                    .Field("link", new DisclosureLink(session.Endpoint, id.Learner, id.Id).ToString())
                    .Field("until", Times.Show(id.EndsUnixMs))
                    .Note("Whoever has the link reads the file until then. End it at once with: "
                        + $"ledger disclosure unshare {id.Id}");
            });
    }

    private static Command Unshare(CommandHost host)
    {
        Argument<string> which = new("DISCLOSURE") { Description = "Its file, its link, or its id." };
        Option<string> learner = new("--learner")
        {
            Description = "Whose it is, where the id alone is named.", DefaultValueFactory = static _ => "me",
            HelpName = "ADDRESS",
        };
        return host.Verb(
            "unshare",
            "Withdraws a disclosure: its link ends at once, and who asks the node is told. A file that was handed out "
                + "can still prove what it shows: unsharing says that you do not show it any more, and takes nothing "
                + "back.",
            "ledger disclosure unshare for-acme.proof",
            [which, learner],
            async (session, cancellation) =>
            {
                (Address whose, Hash256 id) = Find(session, session.Required(which), session.Required(learner));
                DisclosureStanding standing =
                    await session.Client.UnshareDisclosureAsync(whose, id, cancellation).ConfigureAwait(false);
                return new Answer()
                    .Field("id", id.ToString())
                    .Field("state", NameOf(standing.State))
                    .Field("since", Times.Show(standing.SinceUnixMs))
                    .Note("Who has the file already can still prove what it shows.");
            });
    }

    private static Command List(CommandHost host)
    {
        Option<string> learner = new("--learner")
        {
            Description = "Whose.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        return host.Verb(
            "list",
            "Lists what you share and have withdrawn at the profile's node.",
            "ledger disclosure list",
            [learner],
            async (session, cancellation) =>
            {
                SharedList list = await session.Client.ListSharedAsync(
                    Parties.Read(session, session.Required(learner)), cancellation).ConfigureAwait(false);
                return new Answer().Table(
                    "disclosures",
                    ["id", "state", "since", "until", "words"],
                    list.Disclosures.Select(static one => new object?[]
                    {
                        Convert.ToHexStringLower(one.Id.Span),
                        NameOf(one.Standing.State),
                        Times.Show(one.Standing.SinceUnixMs),
                        one.EndsUnixMs == 0 ? null : Times.Show(one.EndsUnixMs),
                        one.Words,
                    }));
            });
    }

    private static Command Fetch(CommandHost host)
    {
        Argument<string> link = new("LINK") { Description = "The link that a learner gave you." };
        Option<string> output = new("--out") { Description = "Where to write it.", HelpName = "FILE", Required = true };
        return host.Verb(
            "fetch",
            "Fetches what a learner shares by a link. No account or key is needed; verify it afterwards.",
            "ledger disclosure fetch https://kyoto-u.example:7443/disclosures/3f2a…/90c1…#sha256=5be2… --out a.proof",
            [link, output],
            async (session, cancellation) =>
            {
                if (!DisclosureLink.TryParse(session.Required(link), out DisclosureLink? read, out string problem))
                {
                    throw CommandException.WrongUse(problem);
                }

                byte[] bytes = await DisclosureFetcher.FetchAsync(read, cancellation).ConfigureAwait(false);
                AtomicFile.Write(session.Required(output), bytes, overwrite: false);
                return new Answer()
                    .Field("file", session.Required(output))
                    .Note($"Verify it: ledger verify {session.Required(output)} --genesis GENESIS");
            });
    }

    private static (Address Learner, Hash256 Id) Find(Session session, string text, string learner)
    {
        if (Hash256.TryParse(text, out Hash256 id))
        {
            return (Parties.Read(session, learner), id);
        }

        if (DisclosureLink.TryParse(text, out DisclosureLink? link, out _))
        {
            return (link.Learner, link.Id);
        }

        DisclosureId ofFile = DisclosureId.OfFile(File.ReadAllBytes(text), text, session.ChainId);
        return (ofFile.Learner, ofFile.Id);
    }

    private static string NameOf(SharedState state) => state switch
    {
        SharedState.Unknown => "unknown",
        SharedState.Shared => "shared",
        SharedState.Ended => "ended",
        SharedState.Withdrawn => "withdrawn",
        SharedState.Unspecified => "-",
        _ => "-",
    };
}
