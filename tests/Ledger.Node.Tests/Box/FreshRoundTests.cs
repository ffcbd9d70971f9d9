using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Box;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

public sealed class FreshRoundTests
{
    private static readonly ValidatorSet Set = ValidatorSet.Of(Enumerable.Range(1, 4).Select(Validator));

    [Test]
    public void Three_of_four_answers_decide_and_the_highest_of_them_counts()
    {
        FreshRound round = NewRound();
        Answer(round, 0, height: 7, commitSigned: 8);
        Answer(round, 1, height: 7, commitSigned: 7);
        Assert.That(round.Height, Is.Null);

        Answer(round, 2, height: 6, commitSigned: 6);

        Assert.That(round.Height, Is.EqualTo(8));
    }

    [Test]
    public void One_who_claims_too_much_is_left_aside_once_three_others_have_answered()
    {
        FreshRound round = NewRound();
        Answer(round, 0, height: ulong.MaxValue, commitSigned: ulong.MaxValue);
        Answer(round, 1, height: 5, commitSigned: 5);
        Answer(round, 2, height: 5, commitSigned: 6);
        Assert.That(round.Height, Is.EqualTo(ulong.MaxValue));

        Answer(round, 3, height: 5, commitSigned: 5);

        Assert.That(round.Height, Is.EqualTo(6));
    }

    [Test]
    public void A_validator_counts_once_and_strangers_and_other_epochs_not_at_all()
    {
        FreshRound round = NewRound();
        Answer(round, 0, height: 5, commitSigned: 5);
        Answer(round, 0, height: 5, commitSigned: 5);
        round.Add(Validator(9).Address, new FreshAnswer { Height = 5 });
        round.Add(Set[1].Address, new FreshAnswer { Height = 5, Epoch = 1 });
        Answer(round, 2, height: 5, commitSigned: 5);

        Assert.That(round.Height, Is.Null);
    }

    private static FreshRound NewRound() => new(ByteString.CopyFromUtf8("nonce"), Set, epoch: 0);

    private static void Answer(FreshRound round, int place, ulong height, ulong commitSigned) =>
        round.Add(Set[place].Address, new FreshAnswer { Height = height, CommitSignedHeight = commitSigned });

    private static Validator Validator(int number)
    {
        PublicKeyBytes key = new(TaggedHash.Of(Tags.Address, [(byte)number]).ToArray());
        return new Validator(Address.Of(key), key);
    }
}
