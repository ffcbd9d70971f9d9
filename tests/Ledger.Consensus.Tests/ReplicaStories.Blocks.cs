namespace Ledger.Consensus.Tests;

/// <summary>Stories of more executed blocks than are kept, and of answers that come for blocks nobody knows.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_block_costs_three_syncs_and_one_message_for_each_phase()
    {
        ScriptedNode follower = Node(2);
        follower.Receive(Propose(0, 0, block));
        ScriptedNode leader = Node(0);
        leader.ToBuild = block;
        leader.Work();
        leader.ToBuild = null;
        foreach ((ScriptedNode node, int other) in new[] { (follower, 0), (leader, 2) })
        {
            node.Receive(Vote(1, VoteKind.Prepare, 0, block));
            node.Receive(Vote(other, VoteKind.Prepare, 0, block));
            node.Receive(Vote(1, VoteKind.Commit, 0, block));
            node.Receive(Vote(other, VoteKind.Commit, 0, block));
            Assert.That(node.Kernel.Height, Is.EqualTo(1));
            Assert.That(node.Store.Syncs, Is.EqualTo(3), "the vote to prepare, the vote to commit, the block");
        }

        Assert.That(follower.Sent, Has.Count.EqualTo(2), "prepare and commit, each to all");
        Assert.That(leader.Sent, Has.Count.EqualTo(3), "the proposal besides");
    }

    [Test]
    public void A_decided_block_that_waits_for_its_bodies_is_not_crowded_out_by_others()
    {
        ScriptedNode node = Node(2);
        ExecuteOneInEachView(node, IBlockExecutor.ExecutedMax - 1);
        node.HoldsBuild = true;
        node.Work();
        node.Receive(Leave(0, 22));
        node.Receive(Leave(1, 22));
        Assert.That(node.LastBuild!.View, Is.EqualTo(22));
        AskPlace0(node, 1);
        node.Verdict = null;
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        node.AnswerBuild(rival);
        node.AnswerLast(new ExecutionOutcome.Agreed(chain.Set));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }

    [Test]
    public void The_oldest_executed_block_is_forgotten_first_and_alone()
    {
        ScriptedNode node = Node(2);
        List<(ulong View, ProposalBlock Block)> executed = ExecuteOneInEachView(node, IBlockExecutor.ExecutedMax + 1);
        CarryOver(node, executed[1], 100);
        Assert.That(node.Executions, Has.Count.EqualTo(executed.Count), "still known");
        CarryOver(node, executed[0], 101);
        Assert.That(node.Executions[^1].Block.Hash, Is.EqualTo(executed[0].Block.Hash), "forgotten, executed again");
        Assert.That(Votes(node)[^1], Is.EqualTo((VoteKind.Prepare, 101UL, executed[0].Block.Hash)));
    }

    [Test]
    public void Leaders_that_have_nothing_to_build_crowd_no_block_out()
    {
        ScriptedNode node = Node(2);
        List<(ulong View, ProposalBlock Block)> executed = ExecuteOneInEachView(node, 1);
        node.Receive(Leave(0, 2));
        node.Receive(Leave(1, 2));
        node.Work();
        node.Tick(2 * IBlockExecutor.ExecutedMax * Ticks.BuildAgain);
        CarryOver(node, executed[0], 101);
        Assert.That(node.Executions, Has.Count.EqualTo(1), "still known");
    }

    [Test]
    public void An_answer_for_an_unknown_block_asks_again_for_the_proposal_that_waits()
    {
        ScriptedNode node = Node(2);
        node.Verdict = null;
        node.Receive(Propose(0, 0, block));
        node.Kernel.Handle(new Input.Executed(
            rival.Hash, ExecutionMode.Fresh, new ExecutionOutcome.Agreed(chain.Set)));
        Assert.That(node.Executions, Is.EqualTo(Twice(ExecutionMode.Fresh))
            .Using<(ProposalBlock Block, ExecutionMode Mode)>(Same));
    }

    [Test]
    public void An_answer_for_an_unknown_block_asks_again_for_the_decided_block_that_waits()
    {
        ScriptedNode node = Node(2);
        node.Verdict = null;
        AskPlace0(node, 1);
        node.Kernel.Handle(Certified(block, 0, 0, 1, 3));
        node.Kernel.Handle(new Input.Executed(rival.Hash, ExecutionMode.Fresh, new ExecutionOutcome.Invalid("test")));
        Assert.That(node.Executions, Is.EqualTo(Twice(ExecutionMode.Certified))
            .Using<(ProposalBlock Block, ExecutionMode Mode)>(Same));
        node.AnswerLast(new ExecutionOutcome.Agreed(chain.Set));
        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }

    [Test]
    public void An_answer_for_an_unknown_block_asks_for_nothing_when_nothing_waits()
    {
        ScriptedNode node = Node(2);
        node.Receive(Propose(0, 0, block));
        node.Kernel.Handle(new Input.Executed(
            rival.Hash, ExecutionMode.Fresh, new ExecutionOutcome.Agreed(chain.Set)));
        Assert.That(node.Executions, Has.Count.EqualTo(1));
    }

    private (ProposalBlock Block, ExecutionMode Mode)[] Twice(ExecutionMode mode) => [(block, mode), (block, mode)];
}
