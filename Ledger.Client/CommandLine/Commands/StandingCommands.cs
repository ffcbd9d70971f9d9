using System.CommandLine;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Institutions that are suspended, come back, are closed, or leave.</summary>
internal static class StandingCommands
{
    public static Command Suspend(CommandHost host) => Decide(
        host, "suspend", "Proposes to hold an institution to its duties alone, or votes for it if it is proposed.");

    public static Command Reinstate(CommandHost host) => Decide(
        host, "reinstate", "Proposes that a suspended institution, or one that has left, comes back, or votes for it.");

    public static Command Close(CommandHost host) => Decide(
        host, "close", "Proposes to close an institution for ever, or votes for it if it is proposed.");

    public static Command Leave(CommandHost host)
    {
        Option<bool> yes = new("--yes") { Description = "Say so: only the members can bring you back." };
        return host.Verb(
            "leave",
            "Ends your institution's membership. It keeps its duties: to be reachable, and to serve what it holds.",
            "ledger institution leave --yes",
            [yes],
            (session, cancellation) => session.Get(yes)
                ? TransactionSender.SendAsync(session, cancellation, Operations.MembershipLeave())
                : throw CommandException.WrongUse(
                    "Only the members' vote brings an institution back. If that is meant, add --yes."));
    }

    private static Command Decide(CommandHost host, string kind, string description)
    {
        Argument<string> who = Parties.Institution();
        return host.Verb(
            kind,
            description,
            $"ledger institution {kind} north.example",
            [who],
            async (session, cancellation) =>
            {
                Address address = await Parties.ReadInstitutionAsync(session, session.Required(who), cancellation)
                    .ConfigureAwait(false);
                string? warning = kind == "close"
                    ? await CustodyAdvice.WarningAsync(
                        session, address, session.Required(who), cancellation).ConfigureAwait(false)
                    : null;
                Answer answer = await MeasureBook.ProposeOrVoteAsync(
                    session, MeasureCommands.Read(kind, address), cancellation).ConfigureAwait(false);
                return warning is null ? answer : answer.Note(warning);
            });
    }
}
