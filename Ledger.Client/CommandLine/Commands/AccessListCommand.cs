using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Who may read whose records: by LLPC, or of one's own.</summary>
internal static class AccessListCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string?> learner = new("LEARNER")
        {
            Description = "The address, or me.", Arity = ArgumentArity.ZeroOrOne,
        };
        Argument<string?> verb = new("VERB") { Description = "IRI, code or label.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> mine = new("--mine") { Description = "What may I read? The entries of your provider index." };
        return host.Verb(
            "list",
            "Lists the open grants of a learner and a verb, or with --mine what you may reach.",
            "ledger access list me passed",
            [learner, verb, mine],
            (session, cancellation) => session.Get(mine)
                ? ListMineAsync(session, cancellation)
                : ListGrantsAsync(session, session.Get(learner), session.Get(verb), cancellation));
    }

    private static async Task<Answer> ListMineAsync(Session session, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
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
            rows.AddRange(
                page.Entries.Where(static entry => entry.Interval is { ToHeight: 0 }).Select(
                    static entry => new object?[]
            {
                Parties.Show(entry.Learner),
                VerbTable.Standard.Format(entry.Verb),
                entry.Grant == 0 ? "own records" : "grant",
                entry.Grant == 0 ? null : entry.Grant,
                entry.Interval.FromHeight,
            }));
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        return new Answer().Table("entries", ["learner", "verb", "by", "grant", "from height"], rows);
    }

    private static async Task<Answer> ListGrantsAsync(
        Session session, string? learner, string? verb, CancellationToken cancellation)
    {
        if (learner is null || verb is null)
        {
            throw CommandException.WrongUse("Name a learner and a verb, or say --mine.");
        }

        LlpcView view = await session.Client.GetLlpcAsync(
            Parties.Read(session, learner), VerbResolver.Resolve(verb), cancellation).ConfigureAwait(false);
        return new Answer().Table(
            "grants",
            ["grant", "grantee", "rights", "grantor", "parent", "until", "covers"],
            view.Grants.Select(static one => new object?[]
            {
                one.Number,
                one.Grant is null ? null : Parties.Show(one.Grant.Grantee),
                OperationText.Describe(one.Grant?.Rights),
                one.Grant is null ? null : Parties.Show(one.Grant.Grantor),
                one.Grant is { Parent: > 0 } ? one.Grant.Parent : null,
                one.Grant?.Interval is { EndUnixMs: > 0 } interval ? Times.Show(interval.EndUnixMs) : null,
                one.Grant is { OwnRecordsOnly: true } ? "one writer's records" : "all records",
            }));
    }
}
