using System.Diagnostics;
using System.Globalization;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Box;

/// <summary>Nothing in text or time tells a caller without a right whether there is a record. Rule B-8.</summary>
public sealed class RefusalTests
{
    private const int InSuite = 20;
    private const int OnRequest = 10_000;

    /// <summary>Requests after which the clock moves on, so that the reader's share of memory is free again.</summary>
    private const int RequestsAMinute = 2_000;

    private const int Bins = 32;

    [Test]
    public async Task What_exists_and_what_does_not_is_refused_alike_before_the_store_is_asked()
    {
        using BoxBench bench = new(records: 20);
        (List<double> existing, List<double> none, HashSet<string> texts) = await MeasureAsync(bench, InSuite);
        Assert.That(texts, Has.Count.EqualTo(1));
        Assert.That(bench.Source.Asked, Is.Zero);
        Assert.That(existing.Concat(none), Has.All.GreaterThanOrEqualTo(9.0), "No refusal leaves before its step.");
    }

    [Test]
    [Explicit("Takes some minutes: dotnet test … --filter A_classifier_on_time")]
    public async Task A_classifier_on_time_and_text_does_little_better_than_a_coin()
    {
        using BoxBench bench = new(records: 1_000);
        (List<double> existing, List<double> none, HashSet<string> texts) = await MeasureAsync(bench, OnRequest);
        double right = Classify(existing, none);
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{OnRequest} pairs, {texts.Count} text, {right:F4} right; medians {Median(existing):F3} and "
                + $"{Median(none):F3} ms"));
        Assert.That(texts, Has.Count.EqualTo(1));
        Assert.That(right, Is.LessThanOrEqualTo(0.55));
    }

    private static async Task<(List<double> Existing, List<double> None, HashSet<string> Texts)> MeasureAsync(
        BoxBench bench, int pairs)
    {
        List<double> existing = [];
        List<double> none = [];
        HashSet<string> texts = [];
        Random order = new(7);
        for (int pair = 0; pair < pairs; pair++)
        {
            bool isFirst = order.Next(2) == 0;
            foreach (bool exists in new[] { isFirst, !isFirst })
            {
                BoxQuery query = exists
                    ? bench.Query() with { Filter = new BoxFilter { Ids = { Statements.Id(1) } } }
                    : bench.Query("urn:never") with { Filter = new BoxFilter { Ids = { Statements.Id(0) } } };
                BoxRequest request = bench.Reader(bench.South).Sign(query);
                long begun = Stopwatch.GetTimestamp();
                BoxRefusal refusal = await bench.RefusedAsync(request);
                (exists ? existing : none).Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                texts.Add(refusal.ToString());
            }

            if (pair % RequestsAMinute == RequestsAMinute - 1)
            {
                bench.Wait(TimeSpan.FromMinutes(3));
            }
        }

        return (existing, none, texts);
    }

    // Learns on one half which of equally filled spans of time is whose more often, and is judged on the other half.
    private static double Classify(List<double> existing, List<double> none)
    {
        int half = existing.Count / 2;
        double[] learnt = [.. existing.Take(half).Concat(none.Take(half)).Order()];
        double[] edges = [.. Enumerable.Range(1, Bins - 1).Select(bin => learnt[bin * learnt.Length / Bins])];
        int[] lead = new int[Bins];
        existing.Take(half).ToList().ForEach(time => lead[BinOf(edges, time)]++);
        none.Take(half).ToList().ForEach(time => lead[BinOf(edges, time)]--);
        int right = existing.Skip(half).Count(time => lead[BinOf(edges, time)] > 0)
            + none.Skip(half).Count(time => lead[BinOf(edges, time)] <= 0);
        return right / (2.0 * (existing.Count - half));
    }

    private static int BinOf(double[] edges, double time) => edges.Count(edge => edge <= time);

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
