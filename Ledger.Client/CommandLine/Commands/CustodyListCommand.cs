using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Plans and agreements of one party.</summary>
internal static class CustodyListCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> who = new("WHO")
        {
            Description = "An institution (address or domain), a learner's address, or me.",
            DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "list",
            "Lists somebody's plans, and its agreements as client and as provider.",
            "ledger custody list archive.example",
            [who],
            async (session, cancellation) =>
            {
                Address party = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                List<object?[]> plans = [];
                await foreach (StateItem<CustodyPlan> plan in session.Client.ListAsync(
                    StateKeys.Prefix(StateKind.CustodyPlan, party), CustodyPlan.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    plans.Add(
                    [
                        plan.Number, plan.Value.Name, plan.Value.NoticeDays, plan.Value.Interval.ToHeight == 0,
                        plan.Value.TermsUri, Convert.ToHexStringLower(plan.Value.Terms.Span),
                    ]);
                }

                List<object?[]> agreements = await AsClientAsync(session, party, cancellation).ConfigureAwait(false);
                await foreach (StateItem<CustodyParty> client in session.Client.ListAsync(
                    StateKeys.Prefix(StateKind.CustodyParty, party), CustodyParty.Parser, cancellation)
                    .ConfigureAwait(false))
                {
                    byte[] prefix = StateKeys.Prefix(
                        StateKind.CustodyAgreement, new Address(client.Part(1)), party.Value);
                    agreements.AddRange(await RowsAsync(session, prefix, cancellation).ConfigureAwait(false));
                }

                return new Answer()
                    .Table("plans", ["plan", "name", "notice days", "open", "terms", "sha256"], plans)
                    .Table(
                        "agreements",
                        ["client", "provider", "agreement", "plan", "state", "from height", "until"],
                        agreements);
            });
    }

    private static Task<List<object?[]>> AsClientAsync(
        Session session, Address party, CancellationToken cancellation) =>
        RowsAsync(session, StateKeys.Prefix(StateKind.CustodyAgreement, party), cancellation);

    private static async Task<List<object?[]>> RowsAsync(
        Session session, byte[] prefix, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        await foreach (StateItem<CustodyAgreement> agreement in session.Client.ListInstancesAsync(
            prefix, CustodyAgreement.Parser, cancellation).ConfigureAwait(false))
        {
            Interval interval = agreement.Value.Interval;
            rows.Add(
            [
                Parties.Show(agreement.Value.Client),
                Parties.Show(agreement.Value.Provider),
                agreement.Number,
                agreement.Value.Plan,
                StateOf(agreement.Value),
                interval.FromHeight,
                interval.EndUnixMs == 0 ? null : Times.Show(interval.EndUnixMs),
            ]);
        }

        return rows;
    }

    private static string StateOf(CustodyAgreement agreement) => agreement switch
    {
        { Interval.ToHeight: > 0 } => "ended",
        { AcceptedHeight: 0 } => "offered",
        { Interval.EndUnixMs: > 0 } => "ending",
        _ => "in force",
    };
}
