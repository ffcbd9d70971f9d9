using System.CommandLine;
using System.Text;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;

namespace Ledger.CommandLine.Commands;

/// <summary>The node's links to other record stores, as its administrator sees them.</summary>
internal static class RecordLinkCommands
{
    private const string Working = "working";

    /// <summary>The newest ones, a page of a screen that can still be looked through.</summary>
    private const int RefusedMax = 500;

    public static Command CreateLinks(CommandHost host) => host.Verb(
        "links",
        "Shows your node's links to other record stores: how they do, since when one fails, and why. Exit code 5 when "
            + "one fails.",
        "ledger record links",
        [],
        async (session, cancellation) =>
        {
            LinkList list = await session.Client.ListLinksAsync(cancellation).ConfigureAwait(false);
            Answer answer = new Answer().Table(
                "links",
                [
                    "name", "kind", "address", "state", "moved", "refused", "left out", "last success",
                    "failing since", "last error",
                ],
                list.Links.Select(RowOf));
            return list.Links.Any(static link => link.State != Working) ? answer.With(ExitCode.Undecided) : answer;
        });

    public static Command CreateRefused(CommandHost host)
    {
        Argument<string> link = new("LINK") { Description = "The link's name." };
        Option<string?> output = new("--out")
        {
            Description = "Where to write the records themselves, one a line.", HelpName = "FILE",
        };
        return host.Verb(
            "refused",
            "Lists the newest records that a link could not move, and the rules that they break.",
            "ledger record refused campus --out refused.jsonl",
            [link, output],
            async (session, cancellation) =>
            {
                List<RefusedRecordView> found = [];
                RefusedSearch search = new() { Link = session.Required(link), Limit = RefusedMax };
                do
                {
                    RefusedRecords part = await session.Client.ListRefusedAsync(search, cancellation)
                        .ConfigureAwait(false);
                    found.AddRange(part.Records.Take(RefusedMax - found.Count));
                    search.Cursor = part.Cursor;
                }
                while (search.Cursor != 0 && found.Count < RefusedMax);

                if (session.Get(output) is { } path)
                {
                    IEnumerable<string> lines = found.Where(static one => !one.Content.IsEmpty).Select(
                        static one => Encoding.UTF8.GetString(one.Content.Span).ReplaceLineEndings(" ") + "\n");
                    AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Concat(lines)), overwrite: true);
                }

                return new Answer().Table("refused", ["id", "path", "rule", "why"], found.Select(
                    static one => new object?[] { one.Id, one.Path, one.Rule, one.Message }));
            });
    }

    // An old error is history once the link works again.
    private static object?[] RowOf(LinkView link) =>
    [
        link.Name, link.Kind, link.Address, link.State, link.Moved, link.Refused, link.LeftOut,
        Times.Show(link.LastSuccessUnixMs), Times.Show(link.FailingSinceUnixMs),
        link.State == Working || link.LastError.Length == 0 ? null : link.LastError,
    ];
}
