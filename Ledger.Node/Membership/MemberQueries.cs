using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>Answers questions about members, seats and their changes.</summary>
public sealed class MemberQueries(
    Address self,
    ChainState chain,
    ChainReader reader,
    PeerNetwork network,
    PeerHeights heights,
    Func<ulong> knownHeight,
    TimeProvider time)
{
    /// <summary>Members in one answer: hundreds are normal.</summary>
    private const int MembersMax = 4096;

    /// <summary>
    /// Admitted institutions, and those that have lost their membership and still have a seat, in order of address.
    /// </summary>
    public MemberList Members()
    {
        LedgerHead head = chain.Head;
        Roll roll = head.State.Roll();
        MemberList list = new()
        {
            Epoch = head.NextEpoch,
            Height = head.Height,
            Behind = Math.Max(knownHeight(), head.Height) - head.Height,
            ValidatorsHash = ByteString.CopyFrom(head.NextSet.Hash.ToArray()),
        };
        foreach ((byte[] key, byte[] _) in reader.State([(byte)StateKind.Institution], null))
        {
            Address address = new(key.AsSpan(1, Address.Size));
            if (list.Members.Count < MembersMax && Member(head, roll, address) is { } member)
            {
                list.Members.Add(member);
            }
        }

        return list;
    }

    /// <summary>Changes of seats with lower numbers than one, the newest first; 0 for the newest.</summary>
    public SeatChangeList Changes(ulong before, int limit)
    {
        LedgerState state = chain.Head.State;
        SeatChangeList list = new();
        ulong number = state.SeatProposalCount();
        number = before == 0 ? number : Math.Min(number, before - 1);
        for (; number > 0 && list.Changes.Count < limit; number--)
        {
            list.Changes.Add(Change(state, number)!);
        }

        return list;
    }

    /// <summary>One change of seats, or null.</summary>
    public SeatChangeView? Change(ulong number) => Change(chain.Head.State, number);

    /// <summary>An institution's name as the newest state has it.</summary>
    public string NameOf(Address institution) => chain.Head.State.Institution(institution)?.Name ?? string.Empty;

    private MemberView? Member(LedgerHead head, Roll roll, Address address)
    {
        ByteString field = ByteString.CopyFrom(address.ToArray());
        Institution? known = head.State.Institution(address);
        Seat? seat = roll.Seats.FirstOrDefault(one => one.Address == field);
        if (known is null || (known.Status != InstitutionStatus.Member && seat is null))
        {
            return null;
        }

        ulong? height = address == self ? head.Height : heights.Live(address);
        return new MemberView
        {
            Address = field,
            Name = known.Name,
            Domain = known.Domain,
            Kind = known.Kind,
            Status = known.Status,
            Votes = roll.Members.Contains(field),
            VoteKey = seat?.VoteKey ?? ByteString.Empty,
            Connected = address == self || network.IsConnected(address),
            Live = height is not null,
            Height = height ?? 0,
            RevocationBallot = OpenRevocation(head.State, address, known),
        };
    }

    private ulong OpenRevocation(LedgerState state, Address address, Institution known)
    {
        Ballot? ballot = known.Ballot == 0 ? null : state.Ballot(address, known.Ballot);
        bool isOpen = ballot is { Purpose: BallotPurpose.Revocation, State: BallotState.Open }
            && ballot.EndUnixMs > time.GetUtcNow().ToUnixTimeMilliseconds();
        return isOpen ? known.Ballot : 0;
    }

    private SeatChangeView? Change(LedgerState state, ulong number)
    {
        if (state.SeatProposal(number) is not { } proposal)
        {
            return null;
        }

        (ValidatorSet? set, string? obstacle) =
            SeatOutlook.Of(state, number, time.GetUtcNow().ToUnixTimeMilliseconds());
        SeatChangeView view = new()
        {
            Number = number,
            Proposal = proposal,
            CanActivate = set is not null,
            Obstacle = obstacle ?? string.Empty,
        };
        foreach (Validator validator in set?.Validators ?? [])
        {
            view.Seats.Add(new Seat
            {
                Address = ByteString.CopyFrom(validator.Address.ToArray()),
                VoteKey = ByteString.CopyFrom(validator.VoteKey.ToArray()),
            });
        }

        return view;
    }
}
