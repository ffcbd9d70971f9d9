using Ledger.Benchmarks.Limits;

namespace Ledger.Benchmarks.Tests.Limits;

public sealed class HostPaceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void What_is_asked_for_is_what_was_measured_since()
    {
        using HostPace pace = new();
        for (int times = 0; times < 2; times++)
        {
            PaceFigures? figures = null;
            Assert.That(SpinWait.SpinUntil(() => (figures = pace.Take()) is not null, Patience));
            Assert.Multiple(() =>
            {
                Assert.That(figures!.VerifyUs, Is.GreaterThan(1));
                Assert.That(figures!.ReadNs, Is.GreaterThan(0));
            });
        }
    }

    [Test]
    public void Waiting_is_not_counted()
    {
        TimeSpan begun = LibC.ThreadTime();
        using ManualResetEvent never = new(initialState: false);
        never.WaitOne(TimeSpan.FromMilliseconds(200));
        Assert.That(LibC.ThreadTime() - begun, Is.LessThan(TimeSpan.FromMilliseconds(100)));
    }

    [Test]
    public void A_walk_meets_every_place_before_one_comes_again()
    {
        MemoryWalk walk = new();
        HashSet<int> met = [];
        for (int step = 0; step < MemoryWalk.Lines; step++)
        {
            met.Add(walk.Go(1));
        }

        Assert.That(met, Has.Count.EqualTo(MemoryWalk.Lines));
    }
}
