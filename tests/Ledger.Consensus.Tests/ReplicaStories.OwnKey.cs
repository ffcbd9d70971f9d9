namespace Ledger.Consensus.Tests;

/// <summary>Stories of a key that two processes have: S-8.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_vote_of_its_own_key_for_another_block_is_evidence_and_ends_all_signing()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Receive(Vote(2, VoteKind.Prepare, 0, rival));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Stopped));
        Assert.That(node.Evidence.Single().Verify(chain.ChainId, chain.Set, chain.Keys), Is.True);
        node.Sent.Clear();
        node.Receive(Vote(0, VoteKind.Prepare, 0, block));
        node.Receive(Vote(1, VoteKind.Prepare, 0, block));
        node.Receive(Vote(2, VoteKind.Prepare, 0, rival));
        node.Tick(3 * Ticks.TimeoutFirst);
        Assert.That(node.Sent.Select(one => one.Message.Content.Kind), Has.None.EqualTo(MessageKind.Commit));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>(), Is.Empty);
        Assert.That((node.StatusCount, node.Evidence.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_message_of_its_own_key_that_it_never_signed_ends_all_signing()
    {
        ScriptedNode node = Node(2);
        node.Receive(Vote(2, VoteKind.Prepare, 0, block));
        node.Receive(Propose(0, 0, block));
        Assert.That(node.Sent, Is.Empty);
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Stopped));
        Assert.That(node.Evidence, Is.Empty, "there is no second message");
    }

    [Test]
    public void A_view_change_of_its_own_key_inside_a_new_view_is_noticed()
    {
        ScriptedNode node = Node(2);
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), Leave(2, 1)));
        Assert.That(node.Kernel.Standing, Is.EqualTo(Standing.Stopped));
        Assert.That(node.Kernel.View, Is.EqualTo(1), "it goes on following");
    }

    [Test]
    public void Its_own_messages_may_come_back_at_any_time()
    {
        ScriptedNode node = Node(2);
        node.Work();
        node.Tick(Ticks.TimeoutFirst);
        node.Receive(NewView(1, 1, Leave(0, 1), Leave(1, 1), node.Sent[^1].Message));
        node.Receive(Propose(1, 1, block));
        node.Receive(Leave(0, 2));
        node.Receive(Leave(1, 2));
        VerifiedMessage[] own = [.. node.Sent.Select(one => one.Message)];
        Assert.That(own.Select(one => one.Content.Kind), Has.Member(MessageKind.NewView));
        ReceiveAll(node, own);
        node.Restart();
        ReceiveAll(node, own);
        node.Kernel.Handle(new Input.MessageReceived(Status(2, 9, block, 9)));
        AskPlace0(node, 1);
        node.Kernel.Handle(Certified(block, 1, 0, 1, 3));
        ReceiveAll(node, own);
        Assert.That((node.Kernel.Height, node.Kernel.Standing), Is.EqualTo((1UL, Standing.Voting)));
    }

    [Test]
    public void A_leader_that_may_not_sign_builds_no_block_at_every_tick()
    {
        ScriptedNode node = Node(0);
        node.ToBuild = block;
        node.Receive(chain.Sign(0, new ConsensusMessage.Vote(0, 9, 0, VoteKind.Prepare, block.Hash)));
        node.Work();
        node.Tick(2 * Ticks.BuildAgain);
        Assert.That(node.BuildCount, Is.LessThanOrEqualTo(3));
    }

    private static void ReceiveAll(ScriptedNode node, VerifiedMessage[] messages)
    {
        foreach (VerifiedMessage message in messages)
        {
            node.Receive(message);
        }
    }
}
