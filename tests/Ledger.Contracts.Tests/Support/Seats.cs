using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Registrar;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Calls about seats, signed with keys that anybody can sign with.</summary>
public static class Seats
{
    public static SeatChange Add(TestLedger ledger, TestParty who, PublicKeyBytes? key = null) => new()
    {
        Kind = SeatChangeKind.Add,
        Institution = who.Address.ToField(),
        VoteKey = (key ?? who.VoteKey).ToField(),
        Proof = Proof(ledger, who, key ?? who.VoteKey),
    };

    public static SeatChange Remove(TestParty who) =>
        new() { Kind = SeatChangeKind.Remove, Institution = who.Address.ToField() };

    public static SeatChange Replace(TestLedger ledger, TestParty outgoing, TestParty who)
    {
        SeatChange change = Add(ledger, who);
        change.Kind = SeatChangeKind.Replace;
        change.Outgoing = outgoing.Address.ToField();
        return change;
    }

    public static SeatChange Rotation(TestLedger ledger, TestParty who, PublicKeyBytes old, PublicKeyBytes key)
    {
        SeatChange change = Add(ledger, who, key);
        change.Kind = SeatChangeKind.Rotate;
        change.OldVoteKey = old.ToField();
        return change;
    }

    public static Operation Propose(params SeatChange[] changes)
    {
        SeatPropose call = new();
        call.Changes.AddRange(changes);
        return new Operation { SeatPropose = call };
    }

    public static Operation Vote(ulong proposal, bool approve = true) =>
        new() { SeatVote = new SeatVote { Proposal = proposal, Approve = approve } };

    public static Operation Rotate(TestLedger ledger, TestParty who, PublicKeyBytes old, PublicKeyBytes key) => new()
    {
        SeatRotate = new SeatRotate
        {
            OldVoteKey = old.ToField(), VoteKey = key.ToField(), Proof = Proof(ledger, who, key),
        },
    };

    public static Operation Accuse(TestParty accused) =>
        new() { MembershipRevoke = new MembershipRevoke { Institution = accused.Address.ToField() } };

    public static Operation Revoke(TestParty accused, bool approve = true, ulong ballot = 1) => new()
    {
        RevocationVote = new RevocationVote
        {
            Institution = accused.Address.ToField(), Ballot = ballot, Approve = approve,
        },
    };

    /// <summary>The activation of a proposal on the current set, with the ready marks of these places.</summary>
    public static Operation Activate(TestLedger ledger, ulong proposal, params int[] places)
    {
        IReadOnlyList<ValidatorSeat> current = ValidatorSeat.Of(ledger.State);
        (IReadOnlyList<ValidatorSeat> next, ResultCode? refusal) =
            SeatChanges.Apply(current, ledger.State.SeatProposal(proposal)?.Changes ?? []);
        next = refusal is null ? next : current;
        SeatActivate call = new()
        {
            Proposal = proposal,
            Epoch = ledger.State.Epoch(),
            OldSet = ValidatorSeat.HashOf(current).ToField(),
            NewSet = ValidatorSeat.HashOf(next).ToField(),
        };
        Sign(ledger, call, next, ledger.Height, places.Length > 0 ? places : FirstQuorum(next.Count));
        return new Operation { SeatActivate = call };
    }

    /// <summary>Replaces the ready marks by valid ones over what the call says now.</summary>
    public static void Sign(
        TestLedger ledger, SeatActivate call, IReadOnlyList<ValidatorSeat> next, ulong head, IEnumerable<int> places)
    {
        call.Ready.Clear();
        foreach (int place in places)
        {
            Hash256 headHash = TestLedger.HashOfBlock(head);
            ReadyStatement statement = new(
                ledger.ChainId, call.Epoch, new Hash256(call.OldSet.Span), new Hash256(call.NewSet.Span), head,
                headHash);
            call.Ready.Add(new ReadyMark
            {
                Validator = (uint)place,
                VoteKey = next[place].VoteKey.ToField(),
                HeadHeight = head,
                HeadHash = headHash.ToField(),
                Signature = ByteString.CopyFrom(TestSignatures.Sign(next[place].VoteKey, statement.Digest)),
            });
        }
    }

    /// <summary>Proposes and lets the others vote until the change is approved.</summary>
    public static ulong Approve(
        TestLedger ledger, TestParty proposer, TestParty[] voters, TestParty[] alsoSign, params SeatChange[] changes)
    {
        OperationResult result = ledger.Accept(proposer, Propose(changes), alsoSign);
        foreach (TestParty voter in voters)
        {
            if (result.Ballot == BallotState.Open && voter != proposer)
            {
                result = ledger.Accept(voter, Vote(result.Number));
            }
        }

        Assert.That(result.Ballot, Is.EqualTo(BallotState.Approved));
        return result.Number;
    }

    private static IEnumerable<int> FirstQuorum(int count) => Enumerable.Range(0, Quorum.Size(count));

    private static ByteString Proof(TestLedger ledger, TestParty who, PublicKeyBytes key) =>
        ByteString.CopyFrom(TestSignatures.Sign(key, SeatDigests.OfVoteKey(ledger.ChainId, who.Address)));
}
