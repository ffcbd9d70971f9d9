using Ledger.Client.Disclosures;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// Whether a disclosure has ended, by the clock; and where the user wants it, whether it was withdrawn, by the node
/// that it names. Without that wish nobody is asked, and no node learns who verifies what.
/// </summary>
internal static class DisclosureStandings
{
    /// <summary>Adds what is found to the report.</summary>
    public static async Task JudgeAsync(
        Session session, VerificationReport report, bool isOnline, CancellationToken cancellation)
    {
        DisclosureValidity.JudgeEnd(report, session.Time.GetUtcNow());
        if (!isOnline)
        {
            return;
        }

        if (report.Disclosure is not { } body)
        {
            return;
        }

        if (body.Node.Length == 0)
        {
            throw CommandException.WrongUse("This disclosure names no node that could be asked: leave --online out.");
        }

        DisclosureValidity.JudgeStanding(
            report, await AskAsync(session, body, report.DisclosureId!.Value, cancellation).ConfigureAwait(false));
    }

    private static async Task<DisclosureStanding?> AskAsync(
        Session session, DisclosureBody body, Hash256 id, CancellationToken cancellation)
    {
        if (!NodeEndpoint.TryParse(body.Node, null, out NodeEndpoint? node, out string problem))
        {
            throw CommandException.WrongUse($"The node that the disclosure names cannot be asked: {problem}");
        }

        try
        {
            using LedgerClient client = new(node, new Hash256(body.ChainId.Span), caller: null, session.Time);
            return await client.GetStandingAsync(new Address(body.Learner.Span), id, cancellation)
                .ConfigureAwait(false);
        }
        catch (LedgerClientException failure) when (
            failure.Kind is ClientFailure.Unreachable or ClientFailure.Undecided or ClientFailure.NotVerified)
        {
            return null;
        }
    }
}
