namespace Ledger.Consensus.Tests;

/// <summary>Stories of leaders that decide something and still serve badly: C-20.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_leader_that_leaves_work_out_for_Tmax_is_left_though_it_decides_blocks()
    {
        ScriptedNode node = Node(2);
        node.Work();
        DecideForTicks(node, Ticks.OverdueMax + 2);
        node.Kernel.Handle(new Input.OldestWork(Ticks.OverdueMax));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>(), Is.Empty);
        node.Kernel.Handle(new Input.OldestWork(Ticks.OverdueMax + 1));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>().Single().View, Is.EqualTo(1));
    }

    [Test]
    public void Old_work_is_no_reproach_to_a_leader_whose_view_is_young()
    {
        ScriptedNode node = Node(2);
        node.Work();
        DecideForTicks(node, Ticks.OverdueMax - 20);
        node.Kernel.Handle(new Input.OldestWork(5 * Ticks.OverdueMax));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>(), Is.Empty);
    }

    [Test]
    public void A_replica_that_is_behind_judges_no_leader()
    {
        ScriptedNode node = Node(2);
        node.Work();
        DecideForTicks(node, Ticks.OverdueMax + 2);
        ulong ahead = node.Kernel.Height + 5;
        node.Receive(Status(0, ahead, block, 0));
        node.Receive(Status(1, ahead, block, 0));
        Assert.That(node.Kernel.BehindBy, Is.EqualTo(5));
        node.Kernel.Handle(new Input.OldestWork(2 * Ticks.OverdueMax));
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>(), Is.Empty);
    }

    [Test]
    public void A_leader_is_left_that_always_proposes_just_before_the_time_out()
    {
        ScriptedNode node = Node(2);
        node.Work();
        int ticks = DecideSlowly(node, 9 * Ticks.TimeoutFirst / 10, 40);
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>().Single().View, Is.EqualTo(1));
        Assert.That(ticks, Is.LessThan(2 * Ticks.TimeoutMax));
    }

    [Test]
    public void A_leader_that_proposes_in_half_the_time_stays()
    {
        ScriptedNode node = Node(2);
        node.Work();
        DecideSlowly(node, Ticks.ProposalSlow, 80);
        Assert.That(node.SentOf<ConsensusMessage.ViewChange>(), Is.Empty);
    }

    [Test]
    public void One_liar_makes_nobody_look_late()
    {
        ScriptedNode node = Node(2);
        node.Receive(Status(0, 1_000_000, block, 0));
        Assert.That(node.Kernel.BehindBy, Is.Zero);
        node.Receive(Status(1, 7, block, 0));
        Assert.That(node.Kernel.BehindBy, Is.EqualTo(7));
    }

    // The leader of view 0 decides a block every ten ticks.
    private void DecideForTicks(ScriptedNode node, int ticks)
    {
        for (int tick = 0; tick < ticks; tick += 10)
        {
            DecideNext(node);
            node.Tick(Math.Min(10, ticks - tick));
        }
    }

    // The leader of view 0 proposes so many ticks after the height began; returns the ticks until the node has left.
    private int DecideSlowly(ScriptedNode node, int ticksEach, int blocks)
    {
        for (int count = 1; count <= blocks; count++)
        {
            node.Tick(ticksEach);
            DecideNext(node);
            if (node.SentOf<ConsensusMessage.ViewChange>().Length > 0)
            {
                return count * ticksEach;
            }
        }

        return blocks * ticksEach;
    }

    private void DecideNext(ScriptedNode node)
    {
        ProposalBlock parent = node.Store.Chain.Count == 0 ? chain.Genesis : node.Store.Chain[^1].Block;
        ProposalBlock next = chain.Block(parent, (byte)(node.Store.Chain.Count % 200));
        node.Receive(chain.Sign(0, new ConsensusMessage.PrePrepare(0, next.Height, 0, next)));
        foreach (VoteKind phase in new[] { VoteKind.Prepare, VoteKind.Commit })
        {
            node.Receive(chain.Sign(0, new ConsensusMessage.Vote(0, next.Height, 0, phase, next.Hash)));
            node.Receive(chain.Sign(1, new ConsensusMessage.Vote(0, next.Height, 0, phase, next.Hash)));
        }

        Assert.That(
            node.Kernel.Height == next.Height || node.SentOf<ConsensusMessage.ViewChange>().Length > 0, Is.True);
    }
}
