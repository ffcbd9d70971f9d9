using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.Client.Seats;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>The options that say how seats are to change.</summary>
internal sealed class SeatChangeOptions
{
    private readonly Option<string[]> add = Of("--add", "A member that gets a seat.");
    private readonly Option<string[]> remove = Of("--remove", "A validator whose seat ends.");
    private readonly Option<string[]> rotate = Of("--rotate", "A validator whose seat gets another vote key.");
    private readonly Option<string[]> swap = new("--swap")
    {
        Description = "A validator whose seat ends and a member that gets one, as one step.",
        HelpName = "OUT IN",
        AllowMultipleArgumentsPerToken = true,
        Arity = new ArgumentArity(2, 32),
    };

    /// <summary>All of them.</summary>
    public Symbol[] All => [add, remove, swap, rotate];

    /// <summary>
    /// The changes that were asked for; <paramref name="keyOf"/> gives the vote key, with its proof, of each that gets
    /// one.
    /// </summary>
    public IReadOnlyList<SeatChange> Read(
        Session session, MemberBook book, Func<Address, (PublicKeyBytes Key, ReadOnlyMemory<byte> Proof)> keyOf)
    {
        List<SeatChange> changes = [];
        foreach (Address institution in Read(session, book, add))
        {
            (PublicKeyBytes key, ReadOnlyMemory<byte> proof) = keyOf(institution);
            changes.Add(SeatChangeFactory.Add(institution, key, proof.Span));
        }

        changes.AddRange(Read(session, book, remove).Select(SeatChangeFactory.Remove));
        foreach (Address[] pair in Pairs(session, book))
        {
            (PublicKeyBytes key, ReadOnlyMemory<byte> proof) = keyOf(pair[1]);
            changes.Add(SeatChangeFactory.Replace(pair[0], pair[1], key, proof.Span));
        }

        foreach (Address institution in Read(session, book, rotate))
        {
            (PublicKeyBytes key, ReadOnlyMemory<byte> proof) = keyOf(institution);
            changes.Add(SeatChangeFactory.Rotate(institution, CurrentKey(book, institution), key, proof.Span));
        }

        return changes.Count > 0
            ? changes
            : throw CommandException.WrongUse("Say what is to change: --add, --remove, --swap or --rotate.");
    }

    /// <summary>The vote key of a validator's seat; throws <see cref="CommandException"/> without one.</summary>
    public static PublicKeyBytes CurrentKey(MemberBook book, Address institution) =>
        book.Find(institution) is { VoteKey.IsEmpty: false } member
            ? new PublicKeyBytes(member.VoteKey.Span)
            : throw CommandException.WrongUse($"{book.Show(institution)} has no seat whose key could be replaced.");

    private static Option<string[]> Of(string name, string description) => new(name)
    {
        Description = description, HelpName = "INSTITUTION", AllowMultipleArgumentsPerToken = true,
    };

    private static IEnumerable<Address> Read(Session session, MemberBook book, Option<string[]> option) =>
        (session.Get(option) ?? []).Select(book.Read);

    private IEnumerable<Address[]> Pairs(Session session, MemberBook book)
    {
        Address[] named = [.. Read(session, book, swap)];
        return named.Length % 2 == 0
            ? named.Chunk(2)
            : throw CommandException.WrongUse("--swap takes two institutions: whose seat ends, and who gets one.");
    }
}
