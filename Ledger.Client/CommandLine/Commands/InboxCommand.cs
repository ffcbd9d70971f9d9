using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The requests that wait for the learner, page by page until the last.</summary>
internal static class InboxCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> learner = new("--learner")
        {
            Description = "Whose requests, when you act for a learner.", DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "inbox",
            "Lists the requests that wait for your answer.",
            "ledger access inbox",
            [learner],
            (session, cancellation) =>
                ListAsync(session, Parties.Read(session, session.Required(learner)), cancellation));
    }

    private static async Task<Answer> ListAsync(Session session, Address learner, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        ByteString cursor = ByteString.Empty;
        do
        {
            RequestPage page = await session.Client.ListRequestsAsync(
                learner, new PageRequest { Cursor = cursor }, cancellation).ConfigureAwait(false);
            rows.AddRange(page.Requests.Select(Row));
            cursor = page.Cursor;
        }
        while (!cursor.IsEmpty);

        return new Answer().Table(
            "requests", ["verb", "request", "from", "rights", "policy", "height", "until"], rows);
    }

    private static object?[] Row(RequestView view) =>
    [
        VerbTable.Standard.Format(view.Verb),
        view.Number,
        view.Request is null ? null : Parties.Show(view.Request.Requester),
        OperationText.Describe(view.Request?.Rights),
        PolicyNames.Show(view.Request?.Policy),
        view.Request?.Interval?.FromHeight,
        view.Request?.Interval is { EndUnixMs: > 0 } interval ? Times.Show(interval.EndUnixMs) : null,
    ];
}
