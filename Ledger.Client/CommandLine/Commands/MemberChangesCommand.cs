using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>Changes of seats: proposed, voted on, activated.</summary>
internal static class MemberChangesCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<ulong?> number = new("CHANGE")
        {
            Description = "Only this one; else the newest hundred.", Arity = ArgumentArity.ZeroOrOne,
        };
        return host.Verb(
            "changes",
            "Lists the changes of seats, the newest first.",
            "ledger member changes",
            [number],
            async (session, cancellation) =>
            {
                MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
                SeatChangeList list = await session.Client.ListSeatChangesAsync(
                    new SeatChangesRequest { Number = session.Get(number) ?? 0 }, cancellation).ConfigureAwait(false);
                Answer answer = new Answer().Table(
                    "changes",
                    ["change", "asks for", "proposed by", "state", "for", "against", "until"],
                    list.Changes.Select(change => Row(book, change)));
                foreach (SeatChangeView change in list.Changes.Where(static one => one.CanActivate))
                {
                    answer.Note(
                        $"Change {change.Number} waits for its activation: ledger member activate {change.Number}");
                }

                return answer;
            });
    }

    private static object?[] Row(MemberBook book, SeatChangeView change)
    {
        SeatProposal proposal = change.Proposal;
        Ballot ballot = proposal.Ballot ?? new Ballot();
        return
        [
            change.Number,
            string.Join("; ", proposal.Changes.Select(one => Describe(book, one))),
            book.Show(proposal.Proposer),
            State(change, ballot),
            ballot.Approvals.Count,
            ballot.Rejections.Count,
            proposal.ActivatedHeight == 0 && ballot.EndUnixMs != 0 ? Times.Show(ballot.EndUnixMs) : null,
        ];
    }

    private static string State(SeatChangeView change, Ballot ballot) =>
        change.Proposal.ActivatedHeight != 0 ? $"activated at height {change.Proposal.ActivatedHeight}"
        : ballot.State == BallotState.Approved && !change.CanActivate ? "approved; " + change.Obstacle
        : ballot.State.ToString().ToLowerInvariant();

    private static string Describe(MemberBook book, SeatChange change) => change.Kind switch
    {
        SeatChangeKind.Add => $"add {book.Show(change.Institution)}",
        SeatChangeKind.Remove => $"remove {book.Show(change.Institution)}",
        SeatChangeKind.Rotate => $"rotate the key of {book.Show(change.Institution)}",
        SeatChangeKind.Replace => $"swap {book.Show(change.Outgoing)} for {book.Show(change.Institution)}",
        SeatChangeKind.Unspecified => "nothing that this program knows",
        _ => "nothing that this program knows",
    };
}
