using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Stories of whose blocks a replica takes while it catches up, and when it asks for more: C-17.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void Blocks_that_were_not_asked_for_are_not_taken()
    {
        ScriptedNode node = Node(2);
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(0));
        AskPlace0(node, 1);
        node.Kernel.Handle(CertifiedBy(3, block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(0), "another than the one that was asked");
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }

    [Test]
    public void Garbage_of_others_displaces_nothing_of_the_one_that_was_asked()
    {
        ScriptedNode node = Node(2);
        ProposalBlock second = chain.Block(block, 4);
        AskPlace0(node, 2);
        node.Kernel.Handle(CertifiedBy(3, chain.Block(block, 5), 0, 3));
        node.Kernel.Handle(Certified(second, 0, 0, 1, 3));
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(2));
    }

    [Test]
    public void A_liar_is_left_at_once_and_nothing_more_of_it_is_taken()
    {
        ScriptedNode node = Node(2);
        AskPlace0(node, 1);
        node.Receive(Status(1, 1, block, 0));
        node.Kernel.Handle(Certified(rival, 0, 0));
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(0), "it is distrusted now");
        node.Tick(1);
        Assert.That(node.Requests[^1], Is.EqualTo((chain.Set[1].Address, 1UL)));
        node.Kernel.Handle(CertifiedBy(1, block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }

    [Test]
    public void What_one_validator_left_unfinished_does_not_stand_in_the_way_of_the_next()
    {
        ScriptedNode node = Node(2);
        ProposalBlock second = chain.Block(block, 4);
        AskPlace0(node, 2);
        node.Receive(Status(1, 2, second, 0));
        node.Kernel.Handle(Certified(chain.Block(block, 5), 0, 0));
        node.Tick(2 * Ticks.AnswerWait);
        Assert.That(node.Requests[^1], Is.EqualTo((chain.Set[1].Address, 1UL)));
        node.Kernel.Handle(CertifiedBy(1, second, 0, 0, 1, 3));
        node.Kernel.Handle(CertifiedBy(1, block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(2));
    }

    [Test]
    public void The_next_portion_is_asked_for_when_the_last_one_is_used_up()
    {
        ScriptedNode node = Node(2);
        node.Receive(Status(1, 3, rival, 0));
        AskPlace0(node, 3);
        ProposalBlock second = chain.Block(block, 4);
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        node.Tick(Ticks.AnswerPause - 1);
        node.Kernel.Handle(Certified(second, 0, 0, 1, 3));
        node.Tick(Ticks.AnswerPause - 1);
        Assert.That((node.Kernel.Height, node.Requests.Count), Is.EqualTo((2UL, 1)), "more may be on its way");
        node.Tick(1);
        Assert.That(node.Requests[^1], Is.EqualTo((chain.Set[1].Address, 3UL)));
        node.Tick(2 * Ticks.AnswerPause);
        Assert.That(node.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_whole_portion_needs_no_pause_before_the_next_is_asked_for()
    {
        ScriptedNode node = Node(2);
        AskPlace0(node, 100);
        ProposalBlock head = chain.Genesis;
        for (int count = 0; count < (int)IPeers.PortionBlocks; count++)
        {
            head = chain.Block(head, 7);
            Assert.That(node.Requests, Has.Count.EqualTo(1));
            node.Kernel.Handle(Certified(head, 0, 0, 1, 3));
        }

        Assert.That(node.Requests[^1].FromHeight, Is.EqualTo(head.Height + 1));
    }

    // Otherwise answers that take longer than the wait would always come from one that is no more the last asked.
    [Test]
    public void The_wait_for_an_answer_doubles_while_none_comes_in_time()
    {
        ScriptedNode node = Node(2);
        node.Receive(Status(1, 1, block, 0));
        AskPlace0(node, 1);
        node.Tick(Ticks.AnswerWait);
        Assert.That(node.Requests[^1].Validator, Is.EqualTo(chain.Set[1].Address));
        int asked = node.Requests.Count;
        node.Tick(Ticks.AnswerWait);
        Assert.That(node.Requests, Has.Count.EqualTo(asked));
        node.Kernel.Handle(CertifiedBy(1, block, 0, 0, 1, 3));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }
}
