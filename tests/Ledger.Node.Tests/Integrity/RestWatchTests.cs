using Ledger.Node.Integrity;

namespace Ledger.Node.Tests.Integrity;

public sealed class RestWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);

    private RestWatch watch = null!;
    private TimeSpan now;
    private TimeSpan used;

    [SetUp]
    public void Begin()
    {
        now = TimeSpan.FromHours(1);
        used = TimeSpan.FromMinutes(1);
        watch = new RestWatch(now, used);
    }

    [Test]
    public void A_node_at_work_keeps_its_memory() => Assert.That(Due(seconds: 60, Second), Is.Zero);

    [Test]
    public void A_node_that_was_never_at_work_has_nothing_to_give_back() =>
        Assert.That(Due(seconds: 30_000, Idle), Is.Zero);

    [Test]
    public void After_work_memory_is_given_back_once()
    {
        Due(seconds: 30, Second);

        Assert.That(Due(seconds: 11, Idle), Is.EqualTo(1), "a span that work was in, and one of rest");
        Assert.That(Due(seconds: 300, Idle), Is.Zero);
    }

    [Test]
    public void A_pause_in_work_is_no_rest()
    {
        int due = 0;
        for (int turn = 0; turn < 20; turn++)
        {
            due += Due(seconds: 3, Second) + Due(seconds: 3, Idle);
        }

        Assert.That(due, Is.Zero);
    }

    [Test]
    public void After_more_work_more_is_given_back()
    {
        Due(seconds: 30, Second);
        Due(seconds: 20, Idle);
        Due(seconds: 30, Second);

        Assert.That(Due(seconds: 20, Idle), Is.EqualTo(1));
    }

    private int Due(int seconds, TimeSpan usedEach)
    {
        int due = 0;
        for (int second = 0; second < seconds; second++)
        {
            now += Second;
            used += usedEach;
            due += watch.IsDue(now, used) ? 1 : 0;
        }

        return due;
    }
}
