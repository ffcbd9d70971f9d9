using Ledger.Node.Integrity;

namespace Ledger.Node.Tests.Integrity;

public sealed class ScrubRestTests
{
    [Test]
    public void Large_blocks_take_a_hundredth_of_a_processor()
    {
        TimeSpan step = TimeSpan.FromMilliseconds(250);

        TimeSpan rest = Scrubber.RestAfter(step, head: 1000);

        Assert.That(step / (step + rest), Is.EqualTo(0.01).Within(0.0001));
    }

    [TestCase(0ul)]
    [TestCase(1ul)]
    [TestCase(100_000ul)]
    [TestCase(10_000_000ul)]
    public void A_pass_is_never_longer_than_its_days(ulong head)
    {
        TimeSpan rest = Scrubber.RestAfter(TimeSpan.FromHours(1), head);

        Assert.That(rest * head, Is.LessThanOrEqualTo(TimeSpan.FromDays(Scrubber.PassDays)));
    }
}
