namespace Ledger.Consensus.Tests;

/// <summary>
/// A bad proposal does nothing but cost its leader the view: it is refused before anything is written, is executed only
/// when it is well formed, and moves a replica by one view at most, however often it comes.
/// </summary>
public sealed class BadProposalTests
{
    private const int KindsMin = 40;

    private const int Repeats = 20;

    private static readonly TestChain Chain = new(4);

    private static IEnumerable<TestCaseData> Kinds() => BadProposals.All(Chain)
        .Select(one => new TestCaseData(one).SetArgDisplayNames(one.Name));

    [Test]
    public void There_are_at_least_forty_kinds()
    {
        string[] names = [.. BadProposals.All(Chain).Select(one => one.Name)];
        Assert.That(names.Distinct().Count(), Is.EqualTo(names.Length).And.GreaterThanOrEqualTo(KindsMin));
    }

    [Test]
    public void The_good_one_is_executed()
    {
        ProposalProbe node = new(Chain, 2, "never mind");
        Assert.That(node.Receive(BadProposals.Good(Chain)), Is.True);
        Assert.That(node.Executions, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_bad_proposal_is_refused_before_it_does_anything(object kind)
    {
        BadProposal proposal = (BadProposal)kind;
        ProposalProbe node = new(Chain, 2, proposal.Verdict ?? "must not be executed");
        bool reached = false;
        for (int time = 0; time < Repeats; time++)
        {
            reached |= node.Receive(proposal.Message);
        }

        bool leaves = proposal.Outcome is BadProposalOutcome.Left or BadProposalOutcome.LeftAfterExecution;
        int executions = proposal.Outcome == BadProposalOutcome.LeftAfterExecution ? 1 : 0;
        ConsensusMessage[] signed = [.. node.Sent];
        Assert.That(reached, Is.EqualTo(proposal.Outcome != BadProposalOutcome.Unreadable));
        Assert.That(node.Executions, Is.EqualTo(executions));
        Assert.That((node.Commits, node.Evidence), Is.EqualTo((0, 0)));
        Assert.That(signed.Select(one => one.Kind), Is.All.EqualTo(MessageKind.ViewChange));
        Assert.That(signed, Has.Length.EqualTo(leaves ? 1 : 0), "one view for one bad proposal");
        Assert.That(
            node.Written.Select(item => item.Kind),
            Is.EqualTo(signed.Select(_ => StoredItemKind.OwnMessage)), "nothing is written but its own word");
        Assert.That(node.State, Is.EqualTo((0UL, Chain.Genesis.Hash, leaves ? 1UL : 0UL, leaves)));
    }

    [TestCaseSource(nameof(Kinds))]
    public void A_bad_proposal_makes_no_storm(object kind)
    {
        const int seconds = 10;
        BadProposal proposal = (BadProposal)kind;
        ProposalProbe node = new(Chain, 2, proposal.Verdict ?? "must not be executed");
        for (int second = 0; second < seconds; second++)
        {
            node.Receive(proposal.Message);
            node.Tick(Ticks.PerStatus);
        }

        Assert.That(node.Sent.Count(), Is.LessThanOrEqualTo(1 + seconds), "its word once, and again once a second");
        Assert.That(node.State.View, Is.LessThanOrEqualTo(1UL));
        Assert.That(node.Executions, Is.LessThanOrEqualTo(1));
    }
}
