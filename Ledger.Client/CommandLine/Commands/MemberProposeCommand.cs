using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Seats;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Proposing changes of seats, with the signatures of those that get a seat or a key.</summary>
internal static class MemberProposeCommand
{
    private const int MinutesMax = 7 * 24 * 60;

    public static Command Create(CommandHost host)
    {
        SeatChangeOptions options = new();
        Option<string[]> cards = new("--vote-key")
        {
            Description = "The card of the vote key of each that gets a seat or a key (ledger-node vote-key card).",
            HelpName = "FILE",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> prepare = new("--prepare")
        {
            Description = "Sign, and write a file for the others to sign that get a seat or a key.", HelpName = "FILE",
        };
        Option<int> minutes = new("--minutes")
        {
            Description =
                "With --prepare: minutes from now until the last moment to hand it in; it can be handed in from two "
                + "minutes before that moment.",
            DefaultValueFactory = static _ => 2,
        };
        Option<string?> sign = new("--sign")
        {
            Description = "Sign a file that another member prepared.", HelpName = "FILE",
        };
        return host.Verb(
            "propose",
            "Proposes a change of seats, and votes for it. A member that gets a seat proposes itself, or signs what "
                + "another prepared.",
            "ledger member propose --add me --vote-key west/vote-key.json",
            [.. options.All, cards, prepare, minutes, sign],
            async (session, cancellation) =>
            {
                if (session.Get(sign) is { } file)
                {
                    return await SignedTransactionFiles.SignAsync(session, file, cancellation).ConfigureAwait(false);
                }

                MemberBook book = await MemberBook.AskAsync(session, cancellation).ConfigureAwait(false);
                VoteKeyCard[] read = [.. (session.Get(cards) ?? []).Select(path => ReadCard(session, path))];
                IReadOnlyList<SeatChange> changes =
                    options.Read(session, book, institution => KeyOf(book, read, institution));
                return session.Get(prepare) is { } target
                    ? await PrepareAsync(session, changes, target, session.Get(minutes), cancellation)
                        .ConfigureAwait(false)
                    : await SendAsync(session, book, changes, cancellation).ConfigureAwait(false);
            });
    }

    /// <summary>A vote key's card for the profile's chain.</summary>
    public static VoteKeyCard ReadCard(Session session, string path)
    {
        VoteKeyCard card = VoteKeyCard.Read(path);
        return card.ChainId == session.ChainId
            ? card
            : throw CommandException.WrongUse($"{path} is for another chain than the profile's.");
    }

    private static (PublicKeyBytes Key, ReadOnlyMemory<byte> Proof) KeyOf(
        MemberBook book, VoteKeyCard[] cards, Address institution)
    {
        VoteKeyCard card = Array.Find(cards, one => one.Institution == institution)
            ?? throw CommandException.WrongUse(
                $"The vote key of {book.Show(institution)} is needed: --vote-key FILE, with the card that its node "
                + "wrote (ledger-node vote-key card).");
        return (card.VoteKey, card.Proof);
    }

    private static async Task<Answer> SendAsync(
        Session session, MemberBook book, IReadOnlyList<SeatChange> changes, CancellationToken cancellation)
    {
        Address[] others = Others(session, changes);
        if (others.Length > 0)
        {
            throw CommandException.WrongUse(
                $"This takes the signature of {book.Show(others)} too. Write a file for them with --prepare FILE.");
        }

        (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
            session, Operations.SeatPropose(changes), cancellation).ConfigureAwait(false);
        if (result is not { Code: ResultCode.Accepted })
        {
            return answer;
        }

        return answer.Field("change", result.Number).Note(result.Ballot == BallotState.Approved
            ? $"It is approved. Now: ledger member activate {result.Number}"
            : $"The others vote with: ledger member vote {result.Number} approve");
    }

    private static async Task<Answer> PrepareAsync(
        Session session, IReadOnlyList<SeatChange> changes, string target, int minutes, CancellationToken cancellation)
    {
        if (minutes is < 1 or > MinutesMax)
        {
            throw CommandException.WrongUse($"--minutes is 1 to {MinutesMax}.");
        }

        CallerIdentity me = session.Identity;
        TransactionBuilder builder = new(
            session.ChainId, session.Time.GetUtcNow().AddMinutes(minutes).ToUnixTimeMilliseconds());
        int actor = builder.AddSigner(me.Address, me.Key.PublicKey);
        foreach (Address other in Others(session, changes))
        {
            builder.AddSigner(
                other, await SignedTransactionFiles.FindKeyAsync(session, other, cancellation).ConfigureAwait(false));
        }

        PendingTransaction transaction = builder.AddGroup(actor, Operations.SeatPropose(changes)).Build();
        transaction.AddSignature(me.Key);
        TransactionFile.Write(target, transaction, overwrite: false);
        return SignedTransactionFiles.Describe(transaction)
            .Field("file", target)
            .Note($"Each of the others, one after the other, runs: ledger member propose --sign {target}");
    }

    // Nobody can give an institution's seat to a key that is not its own: it signs.
    private static Address[] Others(Session session, IEnumerable<SeatChange> changes) =>
        [.. changes
            .Where(static change => !change.VoteKey.IsEmpty)
            .Select(static change => new Address(change.Institution.Span))
            .Where(address => address != session.Identity.Address)
            .Distinct()];
}
