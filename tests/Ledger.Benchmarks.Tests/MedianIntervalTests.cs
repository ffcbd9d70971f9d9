using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Tests;

public sealed class MedianIntervalTests
{
    [Test]
    public void One_round_is_its_own_median_and_says_nothing_about_others()
    {
        MedianInterval interval = MedianInterval.Of([7]);
        Assert.That(interval, Is.EqualTo(new MedianInterval(7, 7, 7, 0)));
    }

    [Test]
    public void Five_rounds_span_from_the_least_to_the_greatest()
    {
        MedianInterval interval = MedianInterval.Of([5, 1, 4, 2, 3]);
        Assert.That(interval, Is.EqualTo(new MedianInterval(3, 1, 5, 0.938)));
    }

    [Test]
    public void Many_rounds_leave_their_extremes_out()
    {
        // Of 20 figures the sixth and the fifteenth bound the median in 95.9 of 100 cases.
        MedianInterval interval = MedianInterval.Of(Enumerable.Range(1, 20).Select(figure => (double)figure));
        Assert.That(interval, Is.EqualTo(new MedianInterval(10.5, 6, 15, 0.959)));
    }

    [Test]
    public void Without_a_round_there_is_no_median() =>
        Assert.That(() => MedianInterval.Of([]), Throws.TypeOf<BenchmarkException>());
}
