using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rules S-1 to S-7 and S-10: each refusal, and what is allowed beside it.</summary>
public sealed class SafetyRulesTests
{
    private static readonly TestChain Chain = new(4);
    private static readonly ProposalBlock Block = Chain.Block(Chain.Genesis, 1);
    private static readonly ProposalBlock Rival = Chain.Block(Chain.Genesis, 2);
    private static readonly SafetyContext Context = new(Chain.ChainId, Chain.Set[0].Address, 0, 0, Chain.Set);

    [Test]
    public void A_vote_is_signed_once_and_the_same_vote_again()
    {
        VoteState state = Allow(VoteState.Empty, Prepare(0, Block));
        Assert.That(Allow(state, Prepare(0, Block)), Is.SameAs(state));
    }

    [Test]
    public void The_same_request_gives_the_same_bytes()
    {
        SafetyDecision first = SafetyRules.Decide(VoteState.Empty, Prepare(0, Block), Context, Chain.Keys);
        SafetyDecision.Allowed allowed = (SafetyDecision.Allowed)first;
        SafetyDecision.Allowed again = (SafetyDecision.Allowed)SafetyRules.Decide(
            allowed.State, Prepare(0, Block), Context, Chain.Keys);
        Assert.That(again.Body, Is.EqualTo(allowed.Body));
    }

    [Test]
    public void A_second_vote_for_the_same_slot_is_refused() =>
        Refuse(Allow(VoteState.Empty, Prepare(0, Block)), Prepare(0, Rival), RefusalReason.SlotTaken);

    [Test]
    public void A_second_proposal_in_a_view_is_refused() =>
        Refuse(Allow(VoteState.Empty, Propose(0, Block)), Propose(0, Rival), RefusalReason.SlotTaken);

    [Test]
    public void A_second_view_change_with_another_content_is_refused()
    {
        VoteState state = Allow(VoteState.Empty, Leave(1, 1));
        SignRequest other = new(
            new ConsensusMessage.ViewChange(0, 1, 1, Prepared(0, Block), Block), null);
        Refuse(state, other, RefusalReason.SlotTaken);
    }

    [Test]
    public void Leader_and_voter_slots_are_apart()
    {
        VoteState state = Allow(Allow(VoteState.Empty, Propose(0, Block)), Prepare(0, Block));
        Allow(state, Commit(0, Block, Prepared(0, Block)));
    }

    [Test]
    public void No_vote_in_a_view_that_was_left()
    {
        VoteState state = Allow(VoteState.Empty, Leave(1, 1));
        Refuse(state, Prepare(0, Block), RefusalReason.ViewLeft);
        Refuse(state, Propose(0, Block), RefusalReason.ViewLeft);
        Refuse(state, Commit(0, Block, Prepared(0, Block)), RefusalReason.ViewLeft);
        Allow(state, Prepare(1, Block));
    }

    [Test]
    public void No_vote_below_a_view_that_was_voted_in() =>
        Refuse(Allow(VoteState.Empty, Prepare(3, Block)), Prepare(2, Block), RefusalReason.ViewLeft);

    [Test]
    public void A_view_that_was_voted_in_is_not_left_for() =>
        Refuse(Allow(VoteState.Empty, Prepare(3, Block)), Leave(1, 3), RefusalReason.ViewLeft);

    [Test]
    public void The_view_outlives_the_height()
    {
        VoteState state = Allow(VoteState.Empty, Leave(1, 4));
        Assert.That(Allow(state, Leave(2, 4)).ViewLeftFor, Is.EqualTo(4), "the same view at the next height (C-18)");
        SignRequest low = new(new ConsensusMessage.Vote(0, 2, 3, VoteKind.Prepare, Block.Hash), null);
        Refuse(state, low, RefusalReason.ViewLeft);
    }

    [Test]
    public void Nothing_is_signed_at_or_below_the_committed_height()
    {
        SafetyContext later = Context with { CommittedHeight = 1 };
        Assert.That(
            SafetyRules.Decide(VoteState.Empty, Prepare(0, Block), later, Chain.Keys),
            Is.EqualTo(new SafetyDecision.Refused(RefusalReason.HeightDecided)));
    }

    [Test]
    public void Nothing_is_signed_below_a_height_that_was_signed_for() =>
        Refuse(Allow(VoteState.Empty, Leave(2, 1)), Leave(1, 2), RefusalReason.HeightDecided);

    [Test]
    public void A_commit_vote_needs_its_own_certificate()
    {
        Refuse(VoteState.Empty, Commit(0, Block, null), RefusalReason.NotPrepared);
        Refuse(VoteState.Empty, Commit(0, Block, Prepared(0, Rival)), RefusalReason.NotPrepared);
        Refuse(VoteState.Empty, Commit(1, Block, Prepared(0, Block)), RefusalReason.NotPrepared);
        Certificate few = Chain.Certify(VoteKind.Prepare, 0, 1, 0, Block.Hash, 0, 1);
        Refuse(VoteState.Empty, Commit(0, Block, few), RefusalReason.NotPrepared);
        Certificate commits = Chain.Certify(VoteKind.Commit, 0, 1, 0, Block.Hash, 0, 1, 2);
        Refuse(VoteState.Empty, Commit(0, Block, commits), RefusalReason.NotPrepared);
        Assert.That(Allow(VoteState.Empty, Commit(0, Block, Prepared(0, Block))).CommitSignedHeight, Is.EqualTo(1));
    }

    [Test]
    public void A_view_change_after_a_commit_vote_bears_what_was_prepared()
    {
        VoteState state = Allow(VoteState.Empty, Commit(0, Block, Prepared(0, Block)));
        Refuse(state, Leave(1, 1), RefusalReason.PreparedForgotten);
        Allow(state, new SignRequest(new ConsensusMessage.ViewChange(0, 1, 1, Prepared(0, Block), Block), null));
        Allow(state, Leave(2, 1));
    }

    [Test]
    public void Another_epoch_is_refused()
    {
        SignRequest request = new(new ConsensusMessage.Vote(1, 1, 0, VoteKind.Prepare, Block.Hash), null);
        Refuse(VoteState.Empty, request, RefusalReason.WrongEpoch);
    }

    [Test]
    public void Without_a_seat_only_a_status_is_signed()
    {
        SafetyContext outside = Context with { Self = new Address(Hash256.Zero) };
        Assert.That(
            SafetyRules.Decide(VoteState.Empty, Prepare(0, Block), outside, Chain.Keys),
            Is.EqualTo(new SafetyDecision.Refused(RefusalReason.NotAValidator)));
        SignRequest status = new(new ConsensusMessage.Status(0, 0, Chain.Genesis.Hash, 0, false, 0), null);
        SafetyDecision decision = SafetyRules.Decide(VoteState.Empty, status, outside, Chain.Keys);
        Assert.That(((SafetyDecision.Allowed)decision).State, Is.SameAs(VoteState.Empty));
    }

    [Test]
    public void A_record_is_read_back_and_linked_to_the_one_before()
    {
        VoteState first = Allow(VoteState.Empty, Prepare(0, Block)).Seal(out byte[] firstRecord);
        VoteState second = Allow(first, Leave(1, 2)).Seal(out byte[] secondRecord);
        Assert.That(VoteState.TryRead(firstRecord, out VoteState? read, out Hash256 previous), Is.True);
        Assert.That(previous, Is.EqualTo(Hash256.Zero));
        Assert.That(read!.Slots, Is.EqualTo(first.Slots));
        Assert.That(VoteState.TryRead(secondRecord, out read, out previous), Is.True);
        Assert.That(previous, Is.EqualTo(first.RecordHash));
        Assert.That(read!.Sequence, Is.EqualTo(2));
        Assert.That(read.ViewFloor, Is.EqualTo(second.ViewFloor));
        Assert.That(read.RecordHash, Is.EqualTo(second.RecordHash));
    }

    [Test]
    public void A_damaged_record_is_refused_whatever_bit_is_hit()
    {
        Allow(VoteState.Empty, Prepare(0, Block)).Seal(out byte[] record);
        for (int at = 0; at < record.Length; at++)
        {
            byte[] damaged = [.. record];
            damaged[at] ^= 0x10;
            Assert.That(VoteState.TryRead(damaged, out _, out _), Is.False, $"byte {at}");
        }

        Assert.That(VoteState.TryRead(record.AsSpan(0, record.Length - 1), out _, out _), Is.False);
    }

    private static SignRequest Propose(ulong view, ProposalBlock block) =>
        new(new ConsensusMessage.PrePrepare(0, 1, view, block), null);

    private static SignRequest Prepare(ulong view, ProposalBlock block) =>
        new(new ConsensusMessage.Vote(0, 1, view, VoteKind.Prepare, block.Hash), null);

    private static SignRequest Commit(ulong view, ProposalBlock block, Certificate? prepared) =>
        new(new ConsensusMessage.Vote(0, 1, view, VoteKind.Commit, block.Hash), prepared);

    private static SignRequest Leave(ulong height, ulong view) =>
        new(new ConsensusMessage.ViewChange(0, height, view, null, null), null);

    private static Certificate Prepared(ulong view, ProposalBlock block) =>
        Chain.Certify(VoteKind.Prepare, 0, 1, view, block.Hash, 0, 1, 2);

    private static VoteState Allow(VoteState state, SignRequest request)
    {
        SafetyDecision decision = SafetyRules.Decide(state, request, Context, Chain.Keys);
        Assert.That(decision, Is.InstanceOf<SafetyDecision.Allowed>());
        return ((SafetyDecision.Allowed)decision).State;
    }

    private static void Refuse(VoteState state, SignRequest request, RefusalReason reason) =>
        Assert.That(
            SafetyRules.Decide(state, request, Context, Chain.Keys), Is.EqualTo(new SafetyDecision.Refused(reason)));
}
