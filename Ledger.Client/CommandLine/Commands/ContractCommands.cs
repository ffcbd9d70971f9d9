using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>The contracts' state: UIC, PIC and LLPC.</summary>
internal static class ContractCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun("contract", "The contracts' state.", Show(host));

    private static Command Show(CommandHost host)
    {
        Argument<string> kind = new("KIND") { Description = "uic, pic or llpc." };
        kind.AcceptOnlyFromAmong("uic", "pic", "llpc");
        Argument<string> owner = new("OWNER")
        {
            Description = "Learner (uic, llpc) or institution (pic): address, or me.",
        };
        Argument<string?> verb = new("VERB")
        {
            Description = "For llpc: IRI, code or label.", Arity = ArgumentArity.ZeroOrOne,
        };
        return host.Verb(
            "show",
            "Shows a user index (UIC), a provider index (PIC) or a learner's contract for a verb (LLPC).",
            "ledger contract show llpc me passed",
            [kind, owner, verb],
            (session, cancellation) => session.Required(kind) switch
            {
                "uic" => ShowUicAsync(session, session.Required(owner), cancellation),
                "pic" => ShowPicAsync(session, session.Required(owner), cancellation),
                _ => ShowLlpcAsync(session, session.Required(owner), session.Get(verb), cancellation),
            });
    }

    private static async Task<Answer> ShowUicAsync(Session session, string owner, CancellationToken cancellation)
    {
        ByteString learner = ByteString.CopyFrom(Parties.Read(session, owner).ToArray());
        IndexPage page = await session.Client.ListUicAsync(
            new UicRequest { Learner = learner, Page = new PageRequest() }, cancellation).ConfigureAwait(false);
        return DescribeIndex(page, "providers");
    }

    private static async Task<Answer> ShowPicAsync(Session session, string owner, CancellationToken cancellation)
    {
        ByteString provider = ByteString.CopyFrom(
            (await Parties.ReadInstitutionAsync(session, owner, cancellation).ConfigureAwait(false)).ToArray());
        IndexPage page = await session.Client.ListPicAsync(
            new PicRequest { Provider = provider, Page = new PageRequest() }, cancellation).ConfigureAwait(false);
        return DescribeIndex(page, "learners");
    }

    private static async Task<Answer> ShowLlpcAsync(
        Session session, string owner, string? verb, CancellationToken cancellation)
    {
        if (verb is null)
        {
            throw CommandException.WrongUse("An LLPC is one of a learner and a verb: name the verb too.");
        }

        LlpcView view = await session.Client.GetLlpcAsync(
            Parties.Read(session, owner), VerbResolver.Resolve(verb), cancellation).ConfigureAwait(false);
        return new Answer()
            .Field("learner", Parties.Show(view.Learner))
            .Field("verb", VerbTable.Standard.Format(view.Verb))
            .Field("created height", view.Llpc?.CreatedHeight)
            .Field("creator", view.Llpc is null ? null : Parties.Show(view.Llpc.Creator))
            .Field("requests", view.Llpc?.Requests)
            .Field("pending requests", view.Llpc?.Pending.Count)
            .Field("grants", view.Llpc?.Grants)
            .Field("open grants", view.Grants.Count)
            .Table("holders", ["address"],
                view.Llpc?.Holders.Select(static one => new object?[] { Parties.Show(one) }) ?? []);
    }

    private static Answer DescribeIndex(IndexPage page, string parties)
    {
        Answer answer = new Answer()
            .Field("created height", page.Index?.CreatedHeight)
            .Field("entries", page.Index?.Entries)
            .Field(parties, page.Index?.Parties)
            .Table("index", ["learner", "verb", "provider", "grant", "from height", "to height"], page.Entries.Select(
                static entry => new object?[]
                {
                    Parties.Show(entry.Learner),
                    VerbTable.Standard.Format(entry.Verb),
                    Parties.Show(entry.Provider),
                    entry.Grant == 0 ? null : entry.Grant,
                    entry.Interval?.FromHeight,
                    entry.Interval is { ToHeight: > 0 } closed ? closed.ToHeight : null,
                }));
        return page.Cursor.IsEmpty ? answer : answer.Note("There are more entries than one page shows.");
    }
}
