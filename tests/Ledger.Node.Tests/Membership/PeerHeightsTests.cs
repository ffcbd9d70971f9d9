using Ledger.Node.Membership;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Membership;

public sealed class PeerHeightsTests
{
    private const int Quorum = 3;
    private const int FaultyMax = 1;
    private readonly Address[] validators =
        [.. Enumerable.Range(1, 4).Select(number => new Address(Enumerable.Repeat((byte)number, 32).ToArray()))];

    [Test]
    public void A_node_that_said_where_it_is_is_live()
    {
        PeerHeights heights = new();
        heights.Note(validators[1], 7);

        Assert.That(heights.Live(validators[1]), Is.EqualTo(7UL));
        Assert.That(heights.Live(validators[2]), Is.Null);
    }

    [Test]
    public void Too_few_are_not_believed()
    {
        PeerHeights heights = new();
        heights.Note(validators[1], 7);

        Assert.That(heights.Reached(validators, Quorum, FaultyMax), Is.Null);
    }

    [Test]
    public void The_highest_of_honest_ones_counts()
    {
        PeerHeights heights = new();
        heights.Note(validators[1], 100);
        heights.Note(validators[2], 102);
        heights.Note(validators[3], 101);

        Assert.That(heights.Reached(validators, Quorum, FaultyMax), Is.EqualTo(102UL));
    }

    [Test]
    public void One_that_names_far_more_than_an_honest_one_delays_nobody_for_ever()
    {
        PeerHeights heights = new();
        heights.Note(validators[1], ulong.MaxValue);
        heights.Note(validators[2], 102);
        heights.Note(validators[3], 101);

        Assert.That(heights.Reached(validators, Quorum, FaultyMax), Is.EqualTo(102UL));
    }
}
