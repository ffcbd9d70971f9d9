using Ledger.Node.Box;

namespace Ledger.Node.Tests.Box;

/// <summary>A refusal never leaves before its step, not by a fraction of a millisecond.</summary>
public sealed class RefusalPaceTests
{
    [TestCase(0, 10)]
    [TestCase(1, 10)]
    [TestCase(34_567, 10)]
    [TestCase(99_999, 10)]
    [TestCase(100_000, 20)]
    [TestCase(100_001, 20)]
    public void A_step_ends_at_a_whole_multiple_after_the_work(long pastTicks, int endMs) =>
        Assert.That(
            RefusalPace.NextStep(new TimeSpan(pastTicks)), Is.EqualTo(TimeSpan.FromMilliseconds(endMs)));

    [Test]
    public async Task What_is_held_leaves_at_or_after_the_step_and_never_before_it()
    {
        RefusalPace pace = new(TimeProvider.System);
        for (int number = 0; number < 20; number++)
        {
            long begun = pace.Begin();
            TimeSpan end = RefusalPace.NextStep(TimeProvider.System.GetElapsedTime(begun));
            await pace.HoldAsync(begun, CancellationToken.None);
            Assert.That(TimeProvider.System.GetElapsedTime(begun), Is.GreaterThanOrEqualTo(end));
        }
    }
}
