using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Stories of seats that end.</summary>
public sealed partial class ReplicaStories
{
    [Test]
    public void A_validator_whose_seat_ends_goes_on_saying_where_it_stands_and_votes_no_more()
    {
        ScriptedNode node = Node(2);
        ValidatorSet without = ValidatorSet.Of(chain.Set.Validators.RemoveAt(2));
        node.Verdict = new ExecutionOutcome.Agreed(without);
        AskPlace0(node, 1);
        node.Kernel.Handle(Certified(chain.Block(chain.Genesis, 9, without), 0, 0, 1, 3));
        Assert.That((node.Kernel.Epoch, node.Kernel.Set.Hash), Is.EqualTo((1UL, without.Hash)));
        node.Work();
        node.Tick(Ticks.PerStatus - (2 * Ticks.BehindBeforeAsking));
        Assert.That(node.StatusCount, Is.EqualTo(1));
        node.Tick(2 * Ticks.PerStatus);
        Assert.That(node.Sent, Is.Empty);
        Assert.That(node.StatusCount, Is.EqualTo(3), "C-16");
    }
}
