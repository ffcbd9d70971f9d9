using Ledger.Node.Agreement;

namespace Ledger.Node.Tests.Agreement;

public sealed class ProposalPaceTests
{
    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(12);

    private readonly ProposalPace pace = new();

    [Test]
    public void Who_comes_to_a_ledger_at_rest_is_not_waited_for() => Assert.That(pace.Next(waiting: 1), Is.Null);

    [Test]
    public void A_client_alone_is_not_waited_for()
    {
        Decide(count: 1);

        Assert.That(pace.Next(waiting: 1), Is.Null);
    }

    [Test]
    public void A_leader_under_load_waits_for_those_whom_its_last_block_answered()
    {
        Decide(count: 32);

        Assert.That(pace.Next(waiting: 30), Is.EqualTo(new PaceGoal(62, 2 * Round, ProposalPace.Pause)));
    }

    [TestCase(30, 40, 4)]
    [TestCase(90, 40, 4)]
    [TestCase(120, 48, 48)]
    [TestCase(450, 158, 158)]
    [TestCase(570, 198, 198)]
    [TestCase(700, 100, 100)]
    [TestCase(790, 40, 4)]
    [TestCase(5000, 40, 4)]
    public void Where_a_block_takes_long_those_are_waited_for_whose_way_here_is_long(
        int roundMs, int atMostMs, int silenceMs)
    {
        Decide(count: 32, TimeSpan.FromMilliseconds(roundMs));

        PaceGoal goal = pace.Next(waiting: 0)!.Value;

        Assert.That(goal.AtMost, Is.EqualTo(TimeSpan.FromMilliseconds(atMostMs)));
        Assert.That(goal.Silence, Is.EqualTo(TimeSpan.FromMilliseconds(silenceMs)));
    }

    [Test]
    public void Waiting_and_a_block_that_takes_as_long_as_the_last_end_before_a_view_does()
    {
        for (int roundMs = 1; roundMs < 900; roundMs++)
        {
            TimeSpan round = TimeSpan.FromMilliseconds(roundMs);
            Decide(count: 32, round);

            Assert.That(round + pace.Next(waiting: 0)!.Value.AtMost, Is.LessThan(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public void After_a_full_block_nothing_is_gathered()
    {
        Decide(count: 32, Round, tookAll: false);

        Assert.That(pace.Next(waiting: 500), Is.Null);
    }

    [Test]
    public void A_leader_that_comes_after_another_one_begins_at_once()
    {
        pace.OnBuilt(32, tookAllThatWaited: true, TimeSpan.Zero);
        pace.OnOthersDecided();

        Assert.That(pace.Next(waiting: 32), Is.Null);
    }

    [Test]
    public void A_block_is_gathered_for_once()
    {
        Decide(count: 32);
        pace.Next(waiting: 0);

        Assert.That(pace.Next(waiting: 32), Is.Null, "a view that is led again waits no second time");
    }

    private void Decide(int count) => Decide(count, Round);

    private void Decide(int count, TimeSpan round, bool tookAll = true)
    {
        TimeSpan begin = TimeSpan.FromSeconds(1);
        pace.OnBuilt(count, tookAll, begin);
        pace.OnDecided(begin + round);
    }
}
