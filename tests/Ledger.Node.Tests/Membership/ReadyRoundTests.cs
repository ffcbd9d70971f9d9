using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Node.Membership;
using Ledger.Node.Protos;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Membership;

public sealed class ReadyRoundTests
{
    private const ulong Epoch = 2;
    private const ulong Height = 40;
    private static readonly ByteString Nonce = ByteString.CopyFromUtf8("0123456789abcdef");
    private TestLedger ledger = null!;
    private ValidatorSet oldSet = null!;
    private ValidatorSet newSet = null!;
    private ReadyRound round = null!;

    [SetUp]
    public void Ask()
    {
        ledger = new TestLedger();
        oldSet = ValidatorSet.Of(Seats().Take(3));
        newSet = ValidatorSet.Of(Seats());
        round = new ReadyRound(Nonce, ledger.ChainId, Epoch, oldSet, newSet, Ed25519Verifier.Instance);
    }

    [TearDown]
    public void Close() => ledger.Dispose();

    [Test]
    public void Signatures_of_q_are_enough_and_of_all_complete_it()
    {
        for (int place = 0; place < 3; place++)
        {
            Assert.That(round.IsEnough, Is.False);
            round.Add(ledger.Identities[place].Address, Ready(place));
        }

        Assert.That(round.IsEnough, Is.True);
        Assert.That(round.IsComplete, Is.False);
        round.Add(ledger.Identities[3].Address, Ready(3));
        Assert.That(round.IsComplete, Is.True);
    }

    [Test]
    public void A_signature_by_another_key_or_about_another_head_is_dropped()
    {
        round.Add(ledger.Identities[0].Address, Ready(1));
        ReadyAnswer moved = Ready(1);
        moved.Height++;
        round.Add(ledger.Identities[1].Address, moved);

        Assert.That(round.Find(ledger.Identities[0].Address), Is.Null);
        Assert.That(round.Find(ledger.Identities[1].Address), Is.Null);
    }

    [Test]
    public void A_refusal_is_kept_and_a_signature_that_comes_later_replaces_it()
    {
        Address institution = ledger.Identities[0].Address;
        round.Add(institution, new ReadyAnswer { Nonce = Nonce, Refusal = ReadyRefusal.Behind, Behind = 30 });
        ReadyReport report = new(institution, IsConnected: true, round.Find(institution));

        Assert.That(report.IsReady, Is.False);
        Assert.That(report.Why, Is.EqualTo("is 30 blocks behind"));
        round.Add(institution, Ready(0));
        Assert.That(round.Find(institution)!.Refusal, Is.EqualTo(ReadyRefusal.None));
    }

    [Test]
    public void An_answer_to_another_question_or_of_a_stranger_is_dropped()
    {
        ReadyAnswer other = Ready(0);
        other.Nonce = ByteString.CopyFromUtf8("fedcba9876543210");
        round.Add(ledger.Identities[0].Address, other);
        round.Add(new Address(new byte[Address.Size]), Ready(0));

        Assert.That(round.Find(ledger.Identities[0].Address), Is.Null);
        Assert.That(round.IsEnough, Is.False);
    }

    private IEnumerable<Validator> Seats() => ledger.Identities.Zip(
        ledger.Votes, (identity, vote) => new Validator(identity.Address, vote.PublicKey));

    private ReadyAnswer Ready(int place)
    {
        Hash256 head = TaggedHash.Of(Tags.Header, [1]);
        ReadyStatement statement = new(ledger.ChainId, Epoch, oldSet.Hash, newSet.Hash, Height, head);
        return new ReadyAnswer
        {
            Nonce = Nonce,
            Height = Height,
            HeadHash = ByteString.CopyFrom(head.ToArray()),
            Signature = ByteString.CopyFrom(ledger.Votes[place].Sign(statement.Digest)),
        };
    }
}
