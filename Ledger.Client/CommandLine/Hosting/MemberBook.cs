using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Seats;
using Ledger.Consensus;
using Ledger.Contracts.Execution;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>The members as the profile's node lists them, by address, domain and name.</summary>
internal sealed class MemberBook
{
    // A validator that is further behind does not say that it is ready (C-21).
    private const ulong BehindMax = ReplicaKernel.ReadyBehindMax;

    private readonly Address? me;

    private MemberBook(MemberList list, Address? me)
    {
        List = list;
        this.me = me;
        CurrentSet = MembershipPlan.SetOf(list.Members
            .Where(static member => !member.VoteKey.IsEmpty)
            .Select(static member => new ValidatorSeat(AddressOf(member), new PublicKeyBytes(member.VoteKey.Span))));
    }

    /// <summary>What the node answered.</summary>
    public MemberList List { get; }

    /// <summary>The validators now.</summary>
    public ValidatorSet CurrentSet { get; }

    /// <summary>Those whose nodes are heard and not far behind.</summary>
    public IReadOnlySet<Address> Live => List.Members.Where(IsLive).Select(AddressOf).ToHashSet();

    public static async Task<MemberBook> AskAsync(Session session, CancellationToken cancellation) =>
        new(await session.Client.ListMembersAsync(cancellation).ConfigureAwait(false), session.Identity.Address);

    /// <summary>Whether a member's node is heard and not far behind.</summary>
    public bool IsLive(MemberView member) => member.Live && member.Height + BehindMax >= List.Height;

    /// <summary>An address, <c>me</c>, a domain or a name; throws <see cref="CommandException"/>.</summary>
    public Address Read(string text)
    {
        if (text == "me" && me is { } own)
        {
            return own;
        }

        if (Address.TryParse(text, out Address address))
        {
            return address;
        }

        MemberView[] found = [.. List.Members.Where(member =>
            string.Equals(member.Domain, text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(member.Name, text, StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => AddressOf(found[0]),
            0 => throw CommandException.WrongUse(
                $"No member has the domain or name {text}. Run: ledger member list"),
            _ => throw CommandException.WrongUse($"Several members are called {text}; give a domain or an address."),
        };
    }

    /// <summary>A member by its address, or null.</summary>
    public MemberView? Find(Address address) => List.Members.FirstOrDefault(member => AddressOf(member) == address);

    /// <summary>A member's name; its address where the list does not hold it.</summary>
    public string Show(Address address) => Find(address)?.Name ?? address.ToString();

    /// <summary>As <see cref="Show(Address)"/>, of a field.</summary>
    public string Show(ByteString field) =>
        Address.TryRead(field.Span, out Address address) ? Show(address) : "-";

    /// <summary>Names in a row, or a dash.</summary>
    public string? Show(IEnumerable<Address> addresses)
    {
        string names = string.Join(", ", addresses.Select(Show));
        return names.Length == 0 ? null : names;
    }

    private static Address AddressOf(MemberView member) => new(member.Address.Span);
}
