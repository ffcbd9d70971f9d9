using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rule Q-3: a certificate proves exactly what it says, or nothing.</summary>
public sealed class CertificateTests
{
    private static readonly TestChain Chain = new(4);
    private static readonly ProposalBlock Block = Chain.Block(Chain.Genesis, 1);
    private static readonly Certificate Good = Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 0, 2, 3);

    [Test]
    public void A_quorum_decides() => Assert.That(Decides(Good), Is.True);

    [Test]
    public void All_validators_decide() =>
        Assert.That(Decides(Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 0, 1, 2, 3)), Is.True);

    [Test]
    public void Every_change_of_one_bit_is_refused()
    {
        byte[] bytes = Good.Encode();
        int mutants = 0;
        int readable = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] mutant = [.. bytes];
                mutant[at] ^= (byte)(1 << bit);
                mutants++;
                if (Certificate.TryDecode(mutant, out Certificate? read))
                {
                    readable++;
                    Assert.That(Decides(read), Is.False, $"byte {at} bit {bit}");
                }
            }
        }

        Assert.That(mutants, Is.EqualTo(bytes.Length * 8));
        Assert.That(
            readable, Is.GreaterThan(1000), "most mutants must get past the reader, or the signatures were not tested");
    }

    [Test]
    public void Too_few_votes_are_refused() =>
        Assert.That(Decides(Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 0, 1)), Is.False);

    [Test]
    public void A_vote_counted_twice_is_refused() =>
        Assert.That(Decides(Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 0, 1, 1)), Is.False);

    [Test]
    public void Votes_out_of_order_are_refused() =>
        Assert.That(Decides(Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 2, 1, 0)), Is.False);

    [Test]
    public void One_bad_vote_among_enough_good_ones_is_refused()
    {
        Certificate all = Chain.Certify(VoteKind.Commit, 0, 1, 5, Block.Hash, 0, 1, 2, 3);
        Certificate spoiled =
            all with { Votes = all.Votes.SetItem(3, all.Votes[3] with { Signature = all.Votes[2].Signature }) };
        Assert.That(Decides(spoiled), Is.False);
    }

    [TestCase(VoteKind.Prepare, 0UL, 1UL)]
    [TestCase(VoteKind.Commit, 1UL, 1UL)]
    [TestCase(VoteKind.Commit, 0UL, 2UL)]
    public void Honest_votes_for_something_else_decide_nothing(VoteKind kind, ulong epoch, ulong height) =>
        Assert.That(Decides(Chain.Certify(kind, epoch, height, 5, Block.Hash, 0, 1, 2)), Is.False);

    [Test]
    public void Votes_of_one_view_are_not_votes_of_another() => Assert.That(Decides(Good with { View = 6 }), Is.False);

    [Test]
    public void Prepare_votes_are_not_commit_votes() =>
        Assert.That(
            Decides(Chain.Certify(VoteKind.Prepare, 0, 1, 5, Block.Hash, 0, 1, 2) with { Kind = VoteKind.Commit }),
            Is.False);

    [Test]
    public void Another_chain_decides_nothing() =>
        Assert.That(
            CertificateRules.Decides(Good, Block.Hash, Block.Header, Hash256.Zero, Chain.Set, Chain.Keys), Is.False);

    private static bool Decides(Certificate certificate) =>
        CertificateRules.Decides(certificate, Block.Hash, Block.Header, Chain.ChainId, Chain.Set, Chain.Keys);
}
