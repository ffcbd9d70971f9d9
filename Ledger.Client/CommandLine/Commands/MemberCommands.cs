using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Members, and the seats of validators.</summary>
internal static class MemberCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "member",
        "Members of the consortium, and who of them has a validator's seat.",
        List(host),
        MemberPlanCommand.Create(host),
        MemberProposeCommand.Create(host),
        MemberChangesCommand.Create(host),
        Vote(host),
        MemberActivateCommand.Create(host),
        Rotate(host),
        MemberAnnounceCommand.Create(host),
        Revoke(host));

    private static Command List(CommandHost host) => host.Verb(
        "list",
        "Lists the members: who has a seat, and whose nodes your node hears.",
        "ledger member list",
        [],
        async (session, cancellation) =>
        {
            MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
            Answer answer = new Answer()
                .Field("epoch", book.List.Epoch)
                .Field("height", book.List.Height)
                .Field("validators", book.CurrentSet.Count)
                .Field("may fail", book.CurrentSet.FaultyMax)
                .Field("needed", book.CurrentSet.Quorum)
                .Table(
                    "members",
                    ["name", "domain", "kind", "status", "seat", "live", "height", "vote key", "address"],
                    book.List.Members.Select(member => Row(book, member)));
            return Warn(answer, book);
        });

    /// <summary>Says what may be wrong about the list itself.</summary>
    public static Answer Warn(Answer answer, MemberBook book)
    {
        if (book.List.Behind > 0)
        {
            answer.Note($"Your node is {book.List.Behind} blocks behind: what it says here is old.");
        }

        foreach (MemberView member in book.List.Members.Where(static one => one.RevocationBallot > 0))
        {
            answer.Note(
                $"There is an open ballot on revoking {member.Name}. Vote with: ledger member revoke {member.Domain}");
        }

        return answer;
    }

    private static object?[] Row(MemberBook book, MemberView member) =>
    [
        member.Name,
        member.Domain,
        Names.Of(member.Kind),
        Names.Of(member.Status),
        !member.VoteKey.IsEmpty,
        book.IsLive(member),
        member.Live ? member.Height : null,
        member.VoteKey.IsEmpty ? null : Convert.ToHexStringLower(member.VoteKey.Span),
        Parties.Show(member.Address),
    ];

    private static Command Vote(CommandHost host)
    {
        Argument<ulong> change = new("CHANGE") { Description = "Its number: see ledger member changes." };
        Argument<string> vote = new("VOTE") { Description = "approve or reject." };
        vote.AcceptOnlyFromAmong("approve", "reject");
        return host.Verb(
            "vote",
            "Votes on a proposed change of seats.",
            "ledger member vote 3 approve",
            [change, vote],
            async (session, cancellation) =>
            {
                ulong number = session.Required(change);
                (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
                    session, Operations.SeatVote(number, session.Required(vote) == "approve"), cancellation)
                        .ConfigureAwait(false);
                return result?.Ballot switch
                {
                    BallotState.Approved => answer.Note(
                        $"This vote decided it. Now: ledger member activate {number}"),
                    BallotState.Rejected => answer.Note("This vote decided it: the change is rejected."),
                    _ => answer,
                };
            });
    }

    private static Command Rotate(CommandHost host)
    {
        Option<string> card = new("--vote-key")
        {
            Description = "The card that ledger-node vote-key new wrote.", HelpName = "FILE", Required = true,
        };
        return host.Verb(
            "rotate",
            "Gives your institution's seat another vote key; takes no ballot, and works while your node is down.",
            "ledger member rotate --vote-key north/vote-key.json",
            [card],
            async (session, cancellation) =>
            {
                MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
                Address me = session.Identity.Address;
                VoteKeyCard read = MemberProposeCommand.ReadCard(session, session.Required(card));
                if (read.Institution != me)
                {
                    throw CommandException.WrongUse(
                        $"{session.Required(card)} is for {book.Show(read.Institution)}, not for this profile's key.");
                }

                (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
                    session,
                    Operations.SeatRotate(SeatChangeOptions.CurrentKey(book, me), read.VoteKey, read.Proof.Span),
                    cancellation).ConfigureAwait(false);
                return result is { Code: ResultCode.Accepted }
                    ? answer.Field("change", result.Number)
                        .Note($"Now: ledger member activate {result.Number}")
                    : answer;
            });
    }

    private static Command Revoke(CommandHost host)
    {
        Argument<string> who = new("INSTITUTION") { Description = "Its name, domain or address." };
        Option<bool> reject = new("--reject") { Description = "Vote against it." };
        return host.Verb(
            "revoke",
            "Accuses an institution, or votes on the open ballot about it. Once q of the members agree, it can no "
                + "longer transact; that is for ever.",
            "ledger member revoke \"North University\"",
            [who, reject],
            async (session, cancellation) =>
            {
                MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
                Address accused = book.Read(session.Required(who));
                ulong ballot = book.Find(accused)?.RevocationBallot ?? 0;
                if (ballot == 0 && session.Get(reject))
                {
                    throw new CommandException(
                        ExitCode.Refused, $"There is no open ballot on revoking {book.Show(accused)}.");
                }

                (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
                    session,
                    ballot == 0
                        ? Operations.MembershipRevoke(accused)
                        : Operations.RevocationVote(accused, ballot, !session.Get(reject)),
                    cancellation).ConfigureAwait(false);
                return Tell(answer, result, book, accused);
            });
    }

    private static Answer Tell(Answer answer, OperationResult? result, MemberBook book, Address accused)
    {
        string name = book.Show(accused);
        if (result?.Ballot == BallotState.Approved)
        {
            answer.Note($"{name} is revoked: nothing that it signs is valid from the next block on.");
            return book.CurrentSet.IndexOf(accused) < 0
                ? answer
                : answer.Note(
                    "Its seat stays until it is taken, and counts as faulty: "
                    + $"ledger member propose --remove {accused}");
        }

        return result?.Ballot == BallotState.Open
            ? answer.Note($"The ballot is open: the other members vote with: ledger member revoke {accused}")
            : answer;
    }
}
