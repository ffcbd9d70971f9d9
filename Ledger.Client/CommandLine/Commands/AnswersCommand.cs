using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What became of the requests that an institution has made.</summary>
internal static class AnswersCommand
{
    public static Command Create(CommandHost host)
    {
        Option<bool> waiting = new("--waiting") { Description = "Only those that nobody has answered yet." };
        Option<string?> institution = new("--for")
        {
            Description = "The institution whose requests you, of its staff, look at.", HelpName = "ADDRESS|DOMAIN",
        };
        return host.Verb(
            "answers",
            "Lists the requests that you, or the institution whose staff you are, have made, with their answers.",
            "ledger access answers --waiting",
            [waiting, institution],
            async (session, cancellation) =>
            {
                Address? school = session.Get(institution) is { } who
                    ? await Parties.ReadInstitutionAsync(session, who, cancellation).ConfigureAwait(false)
                    : null;
                LedgerClient node = session.ClientOf(school);
                List<object?[]> rows = [];
                byte[] prefix = StateKeys.Prefix(StateKind.RequestEntry, school ?? session.Identity.Address);
                await foreach (StateItem<RequestEntry> entry in node.ListInstancesAsync(
                    prefix, RequestEntry.Parser, cancellation).ConfigureAwait(false))
                {
                    LlpcName llpc = new(new Address(entry.Part(1)), entry.Value.Verb);
                    RequestInstance? request = await node.FindAsync(
                        StateKeys.Request(llpc, entry.Number), RequestInstance.Parser, cancellation)
                        .ConfigureAwait(false);
                    if (request is not null && (!session.Get(waiting) || IsWaiting(session, request)))
                    {
                        rows.Add(Row(session, llpc, entry.Number, request));
                    }
                }

                return new Answer().Table(
                    "answers",
                    ["learner", "verb", "request", "rights", "policy", "answer", "grant", "asked", "answered", "until"],
                    rows);
            });
    }

    private static object?[] Row(Session session, LlpcName llpc, ulong number, RequestInstance request) =>
    [
        llpc.Learner.ToString(),
        VerbTable.Standard.Format(llpc.Verb),
        number,
        OperationText.Describe(request.Rights),
        PolicyNames.Show(request.Policy),
        AnswerOf(session, request),
        request.Grant == 0 ? (object?)null : request.Grant,
        request.Interval.FromHeight,
        request.Interval.ToHeight == 0 ? (object?)null : request.Interval.ToHeight,
        Times.Show(request.Interval.EndUnixMs),
    ];

    private static bool IsWaiting(Session session, RequestInstance request) =>
        request.Outcome == RequestOutcome.Open
        && session.Time.GetUtcNow().ToUnixTimeMilliseconds() < request.Interval.EndUnixMs;

    // Its time alone ends a request, whether or not a block has closed it.
    private static string AnswerOf(Session session, RequestInstance request) => request.Outcome switch
    {
        RequestOutcome.Open => IsWaiting(session, request) ? "waiting" : "expired",
        RequestOutcome.Approved => "approved",
        RequestOutcome.Denied => "denied",
        RequestOutcome.Expired => "expired",
        RequestOutcome.Withdrawn => "withdrawn",
        _ => "unknown",
    };
}
