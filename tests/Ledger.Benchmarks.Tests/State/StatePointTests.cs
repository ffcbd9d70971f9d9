using Ledger.Benchmarks.State;
using Ledger.Parts.State;

namespace Ledger.Benchmarks.Tests.State;

/// <summary>Sizes are compared within a round.</summary>
public sealed class StatePointTests
{
    [Test]
    public void A_ratio_is_that_of_rounds_and_not_of_medians()
    {
        // The host was three times slower in the second round: the ratio stays.
        StateRows rows = new(
            10, 1_024, 32 << 20, [1.5, 20], [1 << 20, 10 << 20],
            [Round(1, 1_000, 10), Round(1, 10_000, 12), Round(2, 1_000, 30), Round(2, 10_000, 36)]);
        IReadOnlyList<StatePoint> points = StatePoint.Of(rows);
        Assert.Multiple(() =>
        {
            Assert.That(points.Select(point => point.Records), Is.EqualTo((long[])[1_000, 10_000]));
            Assert.That(points[0].RatioApplyCommit.Median, Is.EqualTo(1));
            Assert.That(points[1].RatioApplyCommit.Median, Is.EqualTo(1.2));
            Assert.That(points[1].RatioLocatorP99.High, Is.EqualTo(1.2));
            Assert.That(points[1].ApplyCommitUs.Median, Is.EqualTo(48));
            Assert.That(points[1].FillS, Is.EqualTo(20));
            Assert.That(points[1].StoreMb, Is.EqualTo(10));
        });
    }

    [Test]
    public void Look_ups_are_timed_one_by_one()
    {
        int calls = 0;
        LookupTimes times = LookupTimes.Of(100, () => calls++);
        Assert.That(calls, Is.EqualTo(100));
        Assert.That(times.P50, Is.LessThanOrEqualTo(times.P99));
        Assert.That(times.P99, Is.LessThanOrEqualTo(times.Max));
    }

    private static StateRound Round(int number, long size, double us) => new(
        number, size, size, us, us, us, new LookupTimes(us, us, us), new LookupTimes(us, us, us));
}
