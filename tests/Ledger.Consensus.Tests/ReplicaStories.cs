using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// What one replica does when the others say this and that: rules C-1 to C-18. Place 0 leads view 0, place 1 view 1 …
/// </summary>
public sealed partial class ReplicaStories
{
    private TestChain chain = null!;
    private ProposalBlock block = null!;
    private ProposalBlock rival = null!;

    [SetUp]
    public void MakeChain()
    {
        chain = new TestChain(4);
        block = chain.Block(chain.Genesis, 1);
        rival = chain.Block(chain.Genesis, 2);
    }

    [Test]
    public void A_follower_executes_prepares_commits_and_goes_on()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        Assert.That(node.Executions, Is.EqualTo(new[] { (block, ExecutionMode.Fresh) })
            .Using<(ProposalBlock Block, ExecutionMode Mode)>(Same));
        Assert.That(Votes(node), Is.EqualTo(new[] { (VoteKind.Prepare, 0UL, block.Hash) }));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        Assert.That(Votes(node), Has.Length.EqualTo(1), "two of four are no quorum");
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        Assert.That(Votes(node)[^1], Is.EqualTo((VoteKind.Commit, 0UL, block.Hash)));
        node.Receive(Vote(0, VoteKind.Commit, 0, block));
        Assert.That(node.Kernel.Height, Is.EqualTo(0));
        node.Receive(Vote(1, VoteKind.Commit, 0, block));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
        Assert.That(node.Store.Chain[0].Certificate.Votes, Has.Length.EqualTo(3));
    }

    [Test]
    public void The_leader_proposes_only_when_there_is_work()
    {
        ScriptedNode node = Node(0);
        node.ToBuild = block;
        node.Tick(200);
        Assert.That(node.Sent, Is.Empty);
        node.Work();
        Assert.That(node.SentOf<ConsensusMessage.PrePrepare>(), Has.Length.EqualTo(1));
        Assert.That(Votes(node), Has.Length.EqualTo(1));
    }

    [Test]
    public void An_idle_replica_runs_no_timer()
    {
        ScriptedNode node = Node(2);
        node.Tick(5000);
        Assert.That(node.Sent, Is.Empty);
        Assert.That(node.Kernel.View, Is.EqualTo(0));
    }

    [Test]
    public void A_silent_leader_is_left_after_T0_but_nobody_runs_ahead_alone()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst - 1);
        Assert.That(node.Kernel.IsChangingView, Is.False);
        node.Tick(1);
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>()[0].View, Is.EqualTo(1));
        node.Tick(10 * Ticks.TimeoutMax);
        Assert.That(node.Kernel.View, Is.EqualTo(1));
    }

    [Test]
    public void The_timer_doubles_once_a_quorum_waits_for_the_next_leader()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst);
        node.Receive(Leave(0, 1));
        node.Receive(Leave(3, 1));
        node.Tick((2 * Ticks.TimeoutFirst) - 1);
        Assert.That(node.Kernel.View, Is.EqualTo(1));
        node.Tick(1);
        Assert.That(node.Kernel.View, Is.EqualTo(2));
    }

    [Test]
    public void An_invalid_proposal_makes_a_replica_leave_at_once()
    {
        ScriptedNode node = Node(2);
        node.Verdict = new ExecutionOutcome.Invalid("test");
        node.Receive(Propose(0, 0, block));
        Assert.That(Votes(node), Is.Empty);
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>()[0].View, Is.EqualTo(1));
    }

    [Test]
    public void A_proposal_by_another_than_the_leader_is_ignored()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(1, 0, block));
        Assert.That(node.Executions, Is.Empty);
    }

    [Test]
    public void One_view_change_alone_is_not_joined_but_two_are()
    {
        ScriptedNode node = Node(2);
        node.Receive(Leave(0, 7));
        Assert.That(node.Kernel.IsChangingView, Is.False);
        node.Receive(Leave(1, 3));
        Assert.That(
            node.SentOf<ConsensusMessage.ViewChange>().Single().View, Is.EqualTo(3), "the lower of the two (C-10)");
    }

    [Test]
    public void What_was_prepared_is_carried_into_the_next_view()
    {
        ScriptedNode node = Node(1);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(2, VoteKind.Prepare, 0, block));
        node.Sent.Clear();
        node.ToBuild = rival;
        node.Work();
        node.Receive(Leave(2, 1));
        node.Receive(Leave(3, 1));
        ConsensusMessage.ViewChange own = node.SentOf<ConsensusMessage.ViewChange>().Single();
        Assert.That(own.Prepared!.BlockHash, Is.EqualTo(block.Hash));
        Assert.That(node.SentOf<ConsensusMessage.NewView>().Single().ViewChanges, Has.Length.EqualTo(3));
        Assert.That(node.SentOf<ConsensusMessage.PrePrepare>().Single().Block.Hash, Is.EqualTo(block.Hash));
    }

    [Test]
    public void A_follower_derives_the_new_view_again_and_refuses_another_value()
    {
        ScriptedNode node = Node(2);
        node.Receive(NewView(1, 1, Leave(0, 1, 0, block), Leave(1, 1), Leave(3, 1)));
        Assert.That(node.Kernel.View, Is.EqualTo(1));
        node.Receive(Propose(1, 1, rival));
        Assert.That(Votes(node), Is.Empty);
        Assert.That(node.Kernel.View, Is.EqualTo(2), "the leader broke the rule and is left");
    }

    [Test]
    public void A_follower_takes_the_value_of_the_highest_prepared_view()
    {
        ScriptedNode node = Node(2);
        node.Receive(NewView(3, 3, Leave(0, 3, 0, block), Leave(1, 3, 2, rival), Leave(3, 3)));
        node.Receive(Propose(3, 3, rival));
        Assert.That(
            node.Executions.Single().Mode, Is.EqualTo(ExecutionMode.CarriedOver), "not held to the local clock (C-2)");
        Assert.That(Votes(node).Single(), Is.EqualTo((VoteKind.Prepare, 3UL, rival.Hash)));
    }

    [Test]
    public void Forged_new_views_begin_nothing()
    {
        ScriptedNode node = Node(2);
        VerifiedMessage empty = Leave(0, 1);
        Certificate few = chain.Certify(VoteKind.Prepare, 0, 1, 0, block.Hash, 0, 1);
        VerifiedMessage badProof = chain.Sign(0, new ConsensusMessage.ViewChange(0, 1, 1, few, block));
        Certificate future = chain.Certify(VoteKind.Prepare, 0, 1, 1, block.Hash, 0, 1, 2);
        VerifiedMessage futureProof = chain.Sign(0, new ConsensusMessage.ViewChange(0, 1, 1, future, block));
        Certificate other = chain.Certify(VoteKind.Prepare, 0, 1, 0, rival.Hash, 0, 1, 2);
        VerifiedMessage otherBlock = chain.Sign(0, new ConsensusMessage.ViewChange(0, 1, 1, other, block));
        node.Receive(NewView(1, 1, empty, Leave(1, 1)));
        node.Receive(NewView(1, 1, empty, Leave(1, 1), Leave(1, 1)));
        node.Receive(NewView(1, 1, Leave(1, 1), empty, Leave(3, 1)));
        node.Receive(NewView(3, 1, empty, Leave(1, 1), Leave(3, 1)));
        node.Receive(NewView(1, 1, empty, Leave(1, 1), Leave(3, 2)));
        node.Receive(NewView(1, 1, empty, Leave(1, 1), Vote(3, VoteKind.Prepare, 1, block)));
        node.Receive(NewView(1, 1, badProof, Leave(1, 1), Leave(3, 1)));
        node.Receive(NewView(1, 1, futureProof, Leave(1, 1), Leave(3, 1)));
        node.Receive(NewView(1, 1, otherBlock, Leave(1, 1), Leave(3, 1)));
        Assert.That(node.Kernel.View, Is.EqualTo(0));
        node.Receive(NewView(1, 1, empty, Leave(1, 1), Leave(3, 1)));
        Assert.That(node.Kernel.View, Is.EqualTo(1), "the good one is taken");
    }

    [Test]
    public void A_new_view_below_the_view_left_for_is_ignored()
    {
        ScriptedNode node = Node(2);
        node.Receive(Leave(0, 3));
        node.Receive(Leave(1, 3));
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), Leave(3, 1)));
        Assert.That((node.Kernel.View, node.Kernel.IsChangingView), Is.EqualTo((3UL, true)));
    }

    [Test]
    public void Votes_that_come_before_the_proposal_count()
    {
        ScriptedNode node = Node(2);
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        node.Receive(Vote(0, VoteKind.Commit, 0, block));
        node.Receive(Vote(1, VoteKind.Commit, 0, block));
        node.Receive(Propose(0, 0, block));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }

    [Test]
    public void A_proposal_of_the_next_height_waits_for_its_turn()
    {
        ScriptedNode node = Node(2);
        ProposalBlock next = chain.Block(block, 3);
        node.Receive(chain.Sign(0, new ConsensusMessage.PrePrepare(0, 2, 0, next)));
        node.Receive(chain.Sign(1, new ConsensusMessage.Vote(0, 2, 0, VoteKind.Prepare, next.Hash)));
        Decide(node, block);
        Assert.That(Votes(node).Count(vote => vote.Block == next.Hash), Is.EqualTo(1));
    }

    [Test]
    public void The_same_vote_twice_counts_once()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        Assert.That(Votes(node), Has.Length.EqualTo(1));
        Assert.That(node.Evidence, Is.Empty);
    }

    [Test]
    public void Two_votes_of_one_key_are_evidence_and_count_once()
    {
        ScriptedNode node = Node(2);
        node.Receive(Vote(0, VoteKind.Prepare, 0, rival));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        Assert.That(node.Evidence, Has.Count.EqualTo(1));
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        Assert.That(Votes(node), Has.Length.EqualTo(1), "the first vote stands");
    }

    [Test]
    public void Two_proposals_of_one_leader_are_evidence()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Propose(0, 0, rival));
        Assert.That(node.Evidence, Has.Count.EqualTo(1));
        Assert.That(Votes(node).Single().Block, Is.EqualTo(block.Hash));
    }

    [Test]
    public void A_vote_far_ahead_is_dropped()
    {
        ScriptedNode node = Node(2);
        node.Receive(Vote(0, VoteKind.Prepare, 65, rival));
        node.Receive(Vote(0, VoteKind.Prepare, 65, block));
        Assert.That(node.Evidence, Is.Empty, "nothing was kept that could conflict");
    }

    [Test]
    public void Messages_of_another_epoch_are_dropped()
    {
        ScriptedNode node = Node(2);
        node.Receive(chain.Sign(0, new ConsensusMessage.PrePrepare(1, 1, 0, block)));
        node.Receive(chain.Sign(0, new ConsensusMessage.ViewChange(1, 1, 5, null, null)));
        node.Receive(chain.Sign(1, new ConsensusMessage.ViewChange(1, 1, 5, null, null)));
        Assert.That(node.Executions, Is.Empty);
        Assert.That(node.Kernel.View, Is.EqualTo(0));
    }

    [Test]
    public void A_replica_that_is_behind_asks_verifies_and_catches_up_while_changing_view()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst);
        node.Sent.Clear();
        node.Receive(Status(0, 1, block, 0));
        node.Tick(2 * Ticks.BehindBeforeAsking);
        Assert.That(node.Requests[0], Is.EqualTo((chain.Set[0].Address, 1UL)));
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
        ConsensusMessage.ViewChange again = node.SentOf<ConsensusMessage.ViewChange>()[^1];
        Assert.That((again.Height, again.View), Is.EqualTo((2UL, 1UL)), "C-18");
    }

    [Test]
    public void A_certificate_of_a_higher_view_ends_the_view_change()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst);
        AskPlace0(node, 1);
        node.Kernel.Handle(Certified(block, 6, 0, 1, 3));
        Assert.That((node.Kernel.View, node.Kernel.IsChangingView), Is.EqualTo((6UL, false)), "C-14");
    }

    [Test]
    public void A_forged_block_is_not_taken_and_its_sender_not_asked_again()
    {
        ScriptedNode node = Node(2);
        AskPlace0(node, 1);
        node.Kernel.Handle(Certified(block, 0, 0, 1));
        Assert.That(node.Kernel.Height, Is.EqualTo(0));
        node.Receive(Status(0, 1, block, 0));
        node.Tick(5 * Ticks.AnswerWait);
        Assert.That(node.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_block_that_was_decided_but_executes_otherwise_stops_the_process()
    {
        ScriptedNode node = Node(2);
        node.Verdict = new ExecutionOutcome.Invalid("test");
        AskPlace0(node, 1);
        Assert.That(() => node.Kernel.Handle(Certified(block, 0, 0, 1, 3)), Throws.TypeOf<InvariantException>());
    }

    [Test]
    public void A_restart_resumes_and_never_votes_again_for_another()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Restart();
        Assert.That(node.Executions.Single().Block.Hash, Is.EqualTo(block.Hash), "executed again");
        node.Receive(Propose(0, 0, rival));
        Assert.That(Votes(node), Is.Empty);
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        Assert.That(Votes(node).Single(), Is.EqualTo((VoteKind.Commit, 0UL, block.Hash)));
    }

    [Test]
    public void A_restart_keeps_what_was_prepared()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        node.Restart();
        node.Receive(Leave(0, 1));
        node.Receive(Leave(3, 1));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>().Single().Prepared!.BlockHash, Is.EqualTo(block.Hash));
    }

    [Test]
    public void A_restart_keeps_the_view_and_what_its_new_view_obliges_to()
    {
        ScriptedNode node = Node(2);
        node.Receive(NewView(1, 1, Leave(0, 1, 0, block), Leave(1, 1), Leave(3, 1)));
        node.Receive(Propose(1, 1, block));
        node.Restart();
        Assert.That((node.Kernel.View, node.Kernel.IsChangingView), Is.EqualTo((1UL, false)));
        Assert.That(node.Executions.Single().Mode, Is.EqualTo(ExecutionMode.CarriedOver));
    }

    [Test]
    public void A_restart_in_a_view_change_goes_on_with_it()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst);
        byte[] before = node.Sent[^1].Message.Envelope.Encode();
        node.Restart();
        Assert.That((node.Kernel.View, node.Kernel.IsChangingView), Is.EqualTo((1UL, true)));
        node.Tick(2 * Ticks.PerStatus);
        Assert.That(node.Sent[^1].Message.Envelope.Encode(), Is.EqualTo(before), "the stored bytes (C-11)");
    }

    [Test]
    public void A_damaged_vote_state_is_not_started_from()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Store.VoteState[20] ^= 1;
        Assert.That(node.Restart, Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void A_validator_in_a_lower_view_is_sent_the_new_view()
    {
        ScriptedNode node = Node(2);
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), Leave(3, 1)));
        node.Sent.Clear();
        node.Receive(Status(3, 0, chain.Genesis, 0));
        Assert.That(node.Sent.Single().To, Is.EqualTo(Recipients.Only(chain.Set[3].Address)));
        Assert.That(node.SentOf<ConsensusMessage.NewView>(), Has.Length.EqualTo(1));
    }
}
