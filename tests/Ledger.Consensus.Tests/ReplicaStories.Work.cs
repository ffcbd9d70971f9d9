namespace Ledger.Consensus.Tests;

/// <summary>Stories of work that comes and goes.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void New_work_is_proposed_at_once_though_the_question_before_gave_nothing()
    {
        ScriptedNode node = Node(0);
        node.Work();
        node.Kernel.Handle(new Input.WorkChanged(false));
        node.ToBuild = block;

        node.Work();

        Assert.That(node.SentOf<ConsensusMessage.PrePrepare>(), Has.Length.EqualTo(1), "C-1");
    }
}
