using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Walking a chain from plain parts: rules P-5, C-19 and F-3.</summary>
public sealed class ChainVerifierTests
{
    private static readonly TestChain Chain = new(4);
    private static readonly TestChain Other = new(5);
    private static readonly ProposalBlock First = Chain.Block(Chain.Genesis, 1);
    private static readonly ProposalBlock Last = Chain.Block(First, 2, Other.Set);

    [Test]
    public void Headers_in_order_are_taken_and_the_epoch_changes_with_the_set()
    {
        ChainVerifier verifier = Start();
        Assert.That(verifier.TryAdvance(First.HeaderBytes.Span, Commit(First), null), Is.True);
        Assert.That(verifier.TryAdvance(Last.HeaderBytes.Span, Commit(Last), Other.Set), Is.True);
        Assert.That(verifier.Height, Is.EqualTo(2));
        Assert.That(verifier.NextEpoch, Is.EqualTo(1));
        Assert.That(verifier.NextSet.Hash, Is.EqualTo(Other.Set.Hash));
        Assert.That(verifier.HeadHash, Is.EqualTo(Last.Hash));
    }

    [Test]
    public void A_header_cannot_be_skipped() =>
        Assert.That(Start().TryAdvance(Last.HeaderBytes.Span, Commit(Last), Other.Set), Is.False);

    [Test]
    public void The_header_that_ends_the_epoch_can_be_reached_directly()
    {
        ChainVerifier verifier = Start();
        Assert.That(verifier.TryAdvanceEpoch(Last.HeaderBytes.Span, Commit(Last), Other.Set), Is.True);
        Assert.That(verifier.NextEpoch, Is.EqualTo(1));
    }

    [Test]
    public void A_header_that_does_not_end_the_epoch_is_not_skipped_to() =>
        Assert.That(Start().TryAdvanceEpoch(First.HeaderBytes.Span, Commit(First), Chain.Set), Is.False);

    [Test]
    public void Another_set_than_the_header_names_is_refused()
    {
        Assert.That(Start().TryAdvanceEpoch(Last.HeaderBytes.Span, Commit(Last), Chain.Set), Is.False);
        ChainVerifier verifier = Start();
        Assert.That(verifier.TryAdvance(First.HeaderBytes.Span, Commit(First), null), Is.True);
        Assert.That(verifier.TryAdvance(Last.HeaderBytes.Span, Commit(Last), null), Is.False);
    }

    [Test]
    public void A_refused_header_changes_nothing()
    {
        ChainVerifier verifier = Start();
        Certificate few = Chain.Certify(VoteKind.Commit, 0, 1, 0, First.Hash, 0, 1);
        Assert.That(verifier.TryAdvance(First.HeaderBytes.Span, few, null), Is.False);
        Assert.That(verifier.Height, Is.EqualTo(0));
        Assert.That(verifier.TryAdvance(First.HeaderBytes.Span, Commit(First), null), Is.True);
    }

    [Test]
    public void The_old_set_no_longer_decides_after_its_epoch()
    {
        ChainVerifier verifier = Start();
        Assert.That(verifier.TryAdvanceEpoch(Last.HeaderBytes.Span, Commit(Last), Other.Set), Is.True);
        ProposalBlock forged = Chain.Block(Last, 3, epoch: 1);
        Certificate byOldSet = Chain.Certify(VoteKind.Commit, 1, 3, 0, forged.Hash, 0, 1, 2, 3);
        Assert.That(verifier.TryAdvance(forged.HeaderBytes.Span, byOldSet, Chain.Set), Is.False);
        Assert.That(verifier.Confirms(forged.HeaderBytes.Span, byOldSet), Is.False);
    }

    [Test]
    public void A_later_header_of_the_epoch_is_confirmed_without_its_parents() =>
        Assert.That(Start().Confirms(Last.HeaderBytes.Span, Commit(Last)), Is.True);

    [Test]
    public void Genesis_must_fit_chain_id_and_set()
    {
        ReadOnlySpan<byte> header = Chain.Genesis.HeaderBytes.Span;
        Assert.That(ChainVerifier.FromGenesis(Hash256.Zero, header, Chain.Set, Chain.Keys), Is.Null);
        Assert.That(ChainVerifier.FromGenesis(Chain.ChainId, header, Other.Set, Chain.Keys), Is.Null);
    }

    private static ChainVerifier Start() =>
        ChainVerifier.FromGenesis(Chain.ChainId, Chain.Genesis.HeaderBytes.Span, Chain.Set, Chain.Keys)!;

    private static Certificate Commit(ProposalBlock block) =>
        Chain.Certify(VoteKind.Commit, 0, block.Height, 0, block.Hash, 0, 1, 3);

    [TestCase(ulong.MaxValue, 0UL)]
    [TestCase(0UL, ulong.MaxValue)]
    [TestCase((ulong)long.MaxValue, 0UL)]
    public void A_header_after_which_no_other_could_come_is_none(ulong height, ulong epoch)
    {
        TestChain chain = new(4);
        byte[] header = (chain.Genesis.Header with { Height = height, Epoch = epoch }).Encode();
        Assert.That(ChainVerifier.FromCheckpoint(chain.ChainId, header, chain.Set, chain.Keys), Is.Null);
    }
}
