using Ledger.Benchmarks.Soak;

namespace Ledger.Benchmarks.Tests;

public sealed class DriftTests
{
    [Test]
    public void The_last_third_is_compared_with_the_first() =>
        Assert.That(Drift.Of([10, 12, 11, 50, 50, 50, 20, 22, 24]), Is.EqualTo(new Drift(11, 22, 2)));

    [Test]
    public void Two_windows_have_no_thirds() => Assert.That(Drift.Of([1, 2]), Is.Null);

    [Test]
    public void What_was_nothing_has_no_ratio() => Assert.That(Drift.Of([0, 0, 1]), Is.EqualTo(new Drift(0, 1, 0)));
}
