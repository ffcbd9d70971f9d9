using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Tests.Transactions;

/// <summary>Signatures by vote keys inside calls, and the form of those calls.</summary>
[TestFixture]
public sealed class SeatProofTests
{
    private readonly TestParty[] schools =
        [.. Enumerable.Range(1, 4).Select(number => new TestParty($"school{number}"))];
    private readonly TestParty joiner = new("joiner");
    private TestLedger ledger = null!;

    [SetUp]
    public void Begin()
    {
        ledger = new TestLedger(schools);
        ledger.Accept(schools[0], Seats.Propose(Seats.Remove(schools[1])));
    }

    [Test]
    public void A_forged_proof_makes_no_transaction()
    {
        SeatChange add = Seats.Add(ledger, joiner);
        Assert.That(Read(Seats.Propose(add)), Is.Null);
        Assert.That(Read(Seats.Propose(Changed(add, one => one.Proof = Signature()))),
            Is.EqualTo(TransactionRefusal.WrongProof));
        Assert.That(Read(Seats.Propose(Changed(add, one => one.Institution = schools[0].Address.ToField()))),
            Is.EqualTo(TransactionRefusal.WrongProof));
        Operation rotation = Seats.Rotate(ledger, schools[0], schools[0].VoteKey, joiner.VoteKey);
        Assert.That(Read(rotation), Is.Null);
        Assert.That(Read(Seats.Rotate(ledger, joiner, schools[0].VoteKey, joiner.VoteKey)),
            Is.EqualTo(TransactionRefusal.WrongProof), "The proof is for another actor.");
    }

    [Test]
    public void A_forged_ready_signature_makes_no_transaction()
    {
        Operation Activation() => Seats.Activate(ledger, 1);
        Assert.That(Read(Activation()), Is.Null);
        Action<SeatActivate>[] changes =
        [
            call => call.Ready[1].Signature = Signature(),
            call => call.Ready[1].HeadHeight++,
            call => call.Ready[1].HeadHash = Calls.Commitment(1),
            call => call.Epoch++,
            call => call.OldSet = call.NewSet,
            call => call.NewSet = call.OldSet,
            call => call.Ready[0].VoteKey = joiner.VoteKey.ToField(),
        ];
        foreach (Action<SeatActivate> change in changes)
        {
            Operation operation = Activation();
            change(operation.SeatActivate);
            Assert.That(Read(operation), Is.EqualTo(TransactionRefusal.WrongProof));
        }
    }

    [Test]
    public void Proofs_of_a_transaction_are_bounded()
    {
        Operation[] activations = [.. Enumerable.Range(0, TransactionLimits.ProofsMax / 2)
            .Select(_ => Seats.Activate(ledger, 1, 0, 1))];
        Assert.That(Read(activations), Is.Null);
        Assert.That(Read([.. activations, Seats.Rotate(ledger, schools[0], schools[0].VoteKey, joiner.VoteKey)]),
            Is.EqualTo(TransactionRefusal.TooManyProofs));
    }

    [Test]
    public void A_change_says_what_its_kind_needs_and_nothing_else()
    {
        SeatChange add = Seats.Add(ledger, joiner);
        SeatChange replace = Seats.Replace(ledger, schools[0], joiner);
        SeatChange rotate = Seats.Rotation(ledger, joiner, joiner.VoteKey, schools[0].VoteKey);
        SeatChange remove = Seats.Remove(joiner);
        SeatChange[] malformed =
        [
            new(),
            Changed(add, one => one.Kind = (SeatChangeKind)9),
            Changed(add, one => one.VoteKey = ByteString.Empty),
            Changed(add, one => one.Proof = ByteString.CopyFrom(new byte[63])),
            Changed(add, one => one.Institution = ByteString.Empty),
            Changed(add, one => one.OldVoteKey = joiner.VoteKey.ToField()),
            Changed(add, one => one.Outgoing = schools[0].Address.ToField()),
            Changed(replace, one => one.Outgoing = ByteString.Empty),
            Changed(replace, one => one.Outgoing = joiner.Address.ToField()),
            Changed(replace, one => one.OldVoteKey = joiner.VoteKey.ToField()),
            Changed(rotate, one => one.OldVoteKey = ByteString.Empty),
            Changed(rotate, one => one.Outgoing = schools[0].Address.ToField()),
            Changed(remove, one => one.VoteKey = joiner.VoteKey.ToField()),
            Changed(remove, one => one.Outgoing = schools[0].Address.ToField()),
        ];
        foreach (SeatChange change in malformed)
        {
            Assert.That(Read(Seats.Propose(change)), Is.EqualTo(TransactionRefusal.Malformed), change.ToString());
        }

        Assert.That(Read(Seats.Propose()), Is.EqualTo(TransactionRefusal.Malformed));
        Assert.That(Read(Seats.Propose(add, remove)), Is.EqualTo(TransactionRefusal.Malformed), "One is named twice.");
        Assert.That(Read(Seats.Propose(replace, Seats.Remove(schools[0]))), Is.EqualTo(TransactionRefusal.Malformed));
        Assert.That(Read(Seats.Vote(0)), Is.EqualTo(TransactionRefusal.Malformed));
        Assert.That(Read(Seats.Revoke(joiner, ballot: 0)), Is.EqualTo(TransactionRefusal.Malformed));
    }

    private TransactionRefusal? Read(params Operation[] operations) => TestTransaction.Read(
        TestTransaction.Body(1, ledger.TimeMs + 1, [schools[0]], operations), ledger.ChainId).Refusal;

    private static ByteString Signature() => ByteString.CopyFrom(new byte[TransactionLimits.SignatureBytes]);

    private static SeatChange Changed(SeatChange change, Action<SeatChange> how)
    {
        SeatChange copy = change.Clone();
        how(copy);
        return copy;
    }
}
