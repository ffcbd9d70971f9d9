using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records;

public sealed class StoreClockTests
{
    private readonly ManualClock time = new();

    private long Now => time.Now.ToUnixTimeMilliseconds();

    [Test]
    public void WhatWasAcknowledgedIsNeverBeyondTheConsistentTime()
    {
        StoreClock clock = new(time, 0);
        long stored = clock.Begin();
        clock.End(StoreEnding.Kept);
        time.Now = time.Now.AddHours(-1);
        Assert.That(clock.Through().ToUnixTimeMilliseconds(), Is.GreaterThanOrEqualTo(stored));
    }

    [Test]
    public void WhatIsBeingWrittenIsAlwaysBeyondIt()
    {
        StoreClock clock = new(time, 0);
        long promised = clock.Through().ToUnixTimeMilliseconds();
        long stored = clock.Begin();
        long meanwhile = clock.Through().ToUnixTimeMilliseconds();
        Assert.That(stored, Is.GreaterThan(promised));
        Assert.That(meanwhile, Is.LessThan(stored).And.GreaterThanOrEqualTo(promised));
    }

    [Test]
    public void TimesOfStoringRiseThoughTheClockIsSetBack()
    {
        StoreClock clock = new(time, Now + 5000);
        long first = clock.Begin();
        clock.End(StoreEnding.Kept);
        time.Now = time.Now.AddDays(-1);
        Assert.That(clock.Begin(), Is.GreaterThan(first));
    }

    [Test]
    public void ATransactionThatFailedLeavesNoTrace()
    {
        StoreClock clock = new(time, 0);
        clock.Begin();
        clock.End(StoreEnding.Undone);
        Assert.That(clock.Through().ToUnixTimeMilliseconds(), Is.EqualTo(Now));
    }

    [Test]
    public void WhatMayYetBeFoundCommittedHoldsTheConsistentTimeBackUntilTheNextTransaction()
    {
        StoreClock clock = new(time, 0);
        long unknown = clock.Begin();
        clock.End(StoreEnding.Unknown);
        time.Now = time.Now.AddHours(1);
        Assert.That(clock.Through().ToUnixTimeMilliseconds(), Is.LessThan(unknown));
        time.Now = time.Now.AddDays(-1);
        Assert.That(clock.Begin(), Is.GreaterThan(unknown));
        clock.End(StoreEnding.Kept);
        Assert.That(clock.Through().ToUnixTimeMilliseconds(), Is.GreaterThan(unknown));
    }
}
