using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rule Q-1: the table, and what it must imply.</summary>
public sealed class QuorumTests
{
    [TestCase(1, 0, 1)]
    [TestCase(4, 1, 3)]
    [TestCase(5, 1, 4)]
    [TestCase(6, 1, 4)]
    [TestCase(7, 2, 5)]
    [TestCase(8, 2, 6)]
    [TestCase(9, 2, 6)]
    [TestCase(10, 3, 7)]
    [TestCase(11, 3, 8)]
    [TestCase(12, 3, 8)]
    [TestCase(13, 4, 9)]
    [TestCase(14, 4, 10)]
    [TestCase(15, 4, 10)]
    [TestCase(16, 5, 11)]
    public void Two_quorums_share_an_honest_validator_and_the_honest_are_a_quorum(int members, int faulty, int quorum)
    {
        Assert.That(Quorum.FaultyMax(members), Is.EqualTo(faulty));
        Assert.That(Quorum.Size(members), Is.EqualTo(quorum));
        Assert.That((2 * quorum) - members, Is.GreaterThan(faulty), "overlap");
        Assert.That(quorum, Is.LessThanOrEqualTo(members - faulty), "reachable");
    }
}
