using Ledger.Node.Anchoring;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Anchoring;

public sealed class IdlePrefixTests
{
    private readonly ManualClock clock = new();

    [Test]
    public void A_look_goes_on_where_the_idle_records_ended()
    {
        IdlePrefix idle = At(500);

        Assert.That(idle.Start(), Is.EqualTo(500));
    }

    [Test]
    public void After_five_seconds_a_look_begins_at_the_first_record()
    {
        IdlePrefix idle = At(500);

        clock.Now += TimeSpan.FromSeconds(5);

        Assert.That(idle.Start(), Is.Zero);
    }

    [Test]
    public void A_clock_that_is_set_back_does_not_keep_records_waiting()
    {
        IdlePrefix idle = At(500);

        clock.Now -= TimeSpan.FromHours(1);

        Assert.That(idle.Start(), Is.Zero);
    }

    [Test]
    public void A_change_during_a_look_is_not_overlooked()
    {
        IdlePrefix idle = At(500);

        idle.Forget();
        idle.MoveTo(1_000);

        Assert.That(idle.Start(), Is.Zero);
    }

    private IdlePrefix At(long sequence)
    {
        IdlePrefix idle = new(clock);
        idle.Start();
        idle.MoveTo(sequence);
        return idle;
    }
}
