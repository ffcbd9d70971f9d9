using System.CommandLine;
using System.Globalization;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// Answers to requests, as options of the inbox: each names a request by its verb and number. What is approved is what
/// was asked for, no more; whoever wants to give less grants it with <c>ledger access grant</c>.
/// </summary>
internal sealed class InboxAnswers
{
    private const char Between = '/';

    private readonly Option<string[]> approve = new("--approve")
    {
        Description = "Approves a request as it stands; may stand several times.", HelpName = "VERB/NUMBER",
    };

    private readonly Option<string[]> deny = new("--deny")
    {
        Description = "Denies a request; may stand several times.", HelpName = "VERB/NUMBER",
    };

    private readonly Option<string?> until = new("--until")
    {
        Description = "With --approve: last day of the right, or time in UTC.", HelpName = "DATE",
    };

    /// <summary>What the command takes.</summary>
    public Symbol[] Symbols => [approve, deny, until];

    /// <summary>The calls that answer, in the order in which they were given; none where nothing is answered.</summary>
    public async Task<IReadOnlyList<Operation>> MakeAsync(
        Session session, Address learner, IReadOnlyList<RequestView> waiting, CancellationToken cancellation)
    {
        long end = session.Get(until) is { } last ? Times.Read(last) : 0;
        List<Operation> answers = [];
        foreach (string named in session.Get(approve) ?? [])
        {
            answers.Add(await ApproveAsync(session, learner, Find(named, waiting), end, cancellation)
                .ConfigureAwait(false));
        }

        foreach (string named in session.Get(deny) ?? [])
        {
            RequestView view = Find(named, waiting);
            answers.Add(Operations.LlpcDeny(learner, view.Verb, view.Number));
        }

        return answers;
    }

    private static RequestView Find(string named, IReadOnlyList<RequestView> waiting)
    {
        int at = named.LastIndexOf(Between);
        if (at < 1 || !ulong.TryParse(
            named.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            throw CommandException.WrongUse($"{named} names no request: write its verb, a slash and its number.");
        }

        string verb = VerbResolver.Resolve(named[..at]);
        return waiting.FirstOrDefault(view => view.Verb == verb && view.Number == number)
            ?? throw new CommandException(
                ExitCode.Refused, $"No request {number} on {verb} waits for an answer. Run: ledger access inbox");
    }

    private static async Task<Operation> ApproveAsync(
        Session session, Address learner, RequestView view, long endUnixMs, CancellationToken cancellation)
    {
        RequestInstance request = view.Request;
        if (PolicyNames.Show(request.Policy) is { } policy)
        {
            (PolicyName _, PolicyVersion known) = await PolicyFinder.FindAsync(session, policy, cancellation)
                .ConfigureAwait(false);
            if (PrivateClauses.Violated(known.Template, null) is { } clause)
            {
                throw new CommandException(
                    ExitCode.Refused,
                    $"Policy {policy} wants limits ({clause}), which the inbox does not set. Grant it with: "
                        + "ledger access grant");
            }
        }

        Operation grant = Operations.LlpcGrant(
            learner, view.Verb, new Address(request.Requester.Span), request.Rights, 0, endUnixMs, []);
        grant.LlpcGrant.Request = view.Number;
        grant.LlpcGrant.Policy = request.Policy;
        return grant;
    }
}
