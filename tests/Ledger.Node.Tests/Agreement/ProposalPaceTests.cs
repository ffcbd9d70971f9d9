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

        Assert.That(pace.Next(waiting: 30), Is.EqualTo(new PaceGoal(62, 2 * Round)));
    }

    [Test]
    public void However_long_a_block_takes_the_wait_is_short()
    {
        Decide(count: 32, TimeSpan.FromMilliseconds(450));

        Assert.That(pace.Next(waiting: 0)!.Value.AtMost, Is.EqualTo(TimeSpan.FromMilliseconds(40)));
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
