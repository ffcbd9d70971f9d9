using System.Diagnostics;
using Ledger.Benchmarks.Load;

namespace Ledger.Benchmarks.Tests;

public sealed class LoadMeasureTests
{
    private static readonly LoadWindow Window = new(At(10), At(20));

    [Test]
    public void Throughput_counts_answers_of_the_window_and_latency_what_was_to_begin_in_it()
    {
        LoadSample[] samples =
        [
            Sample(intended: 9, completed: 11),
            Sample(intended: 12, completed: 12.5),
            Sample(intended: 19, completed: 26),
            Sample(intended: 21, completed: 22),
        ];
        LoadMeasure measure = LoadMeasure.Of(samples, Window);
        Assert.Multiple(() =>
        {
            Assert.That(measure.Operations, Is.EqualTo(2));
            Assert.That(measure.OperationsPerS, Is.EqualTo(0.2).Within(1e-9));
            Assert.That(measure.Records, Is.EqualTo(6));
            Assert.That(measure.LatencyMs.P50, Is.EqualTo(500).Within(1));
            Assert.That(measure.LatencyMs.Max, Is.EqualTo(7_000).Within(10), "what ended after the window is in it");
        });
    }

    [Test]
    public void What_found_no_room_is_counted_apart()
    {
        LoadMeasure measure = LoadMeasure.Of(
            [Sample(11, 12), Sample(11, 12) with { IsRefused = true }, Sample(11, 21) with { IsRefused = true }],
            Window);
        Assert.Multiple(() =>
        {
            Assert.That(measure.Operations, Is.EqualTo(1));
            Assert.That(measure.Refused, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_hundred_latencies_give_their_percentiles()
    {
        LoadMeasure measure = LoadMeasure.Of(
            Enumerable.Range(1, 100).Select(number => Sample(11, 11 + (number / 1000.0))), Window);
        Assert.Multiple(() =>
        {
            Assert.That(measure.LatencyMs.P50, Is.EqualTo(50).Within(0.1));
            Assert.That(measure.LatencyMs.P95, Is.EqualTo(95).Within(0.1));
            Assert.That(measure.LatencyMs.P99, Is.EqualTo(99).Within(0.1));
            Assert.That(measure.LatencyMs.Max, Is.EqualTo(100).Within(0.1));
        });
    }

    [Test]
    public void A_window_without_an_answer_has_no_throughput() =>
        Assert.That(LoadMeasure.Of([], Window).OperationsPerS, Is.Zero);

    private static LoadSample Sample(double intended, double completed) =>
        new(0, At(intended), At(completed), 3, 1, IsRefused: false);

    private static long At(double seconds) => (long)(seconds * Stopwatch.Frequency);
}
