using System.Diagnostics;
using System.Globalization;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>Lists that are narrowed to an account, a verb or both, on every database.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ListingTests(StoreKind kind) : StoreFixture(kind)
{
    private const string Read = "https://example.org/verbs/read";

    /// <summary>The records of the population that the benchmarks write.</summary>
    private const int Population = 498_842;

    private const int Students = 291;

    [Test]
    public void A_list_is_narrowed_by_account_verb_and_times_in_both_directions_and_has_both_kinds()
    {
        DateTimeOffset start = Bench.Clock.Now;
        for (int number = 0; number < 40; number++)
        {
            Bench.Clock.Now = start.AddMinutes(number);
            Store.AddAll(
                [Statements.Intake(number, $"student-{number % 2}", number % 4 < 2 ? Statements.Viewed : Read)], "a");
        }

        IntakeRecord learningEvent = Statements.Read(Statements.Caliper, RecordType.CaliperEvent);
        Store.AddAll([learningEvent], "a");
        string account = ActorKey.OfAccount(Statements.HomePage, "student-1");
        RecordQuery all = new(null, account, Read, null, null, null, Ascending: true, 100);
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(all), Is.EqualTo(Enumerable.Range(0, 10).Select(at => (4L * at) + 4)));
            Assert.That(
                Numbers(all with { Ascending = false, After = 20, Limit = 3 }), Is.EqualTo(new[] { 16, 12, 8 }));
            Assert.That(
                Numbers(all with { VerbIri = null, Since = start.AddMinutes(5), Until = start.AddMinutes(9) }),
                Is.EqualTo(new[] { 8, 10 }));
            Assert.That(Numbers(all with { ActorKey = null, Type = RecordType.CaliperEvent }), Is.Empty);
            Assert.That(
                Numbers(all with { ActorKey = learningEvent.ActorKey, VerbIri = learningEvent.VerbIri }),
                Is.EqualTo(new[] { 41 }));
        });
    }

    [Test]
    [Explicit("Half a million records take minutes.")]
    public void Lists_of_the_population_take_less_than_twenty_milliseconds()
    {
        string[] verbs = [.. Enumerable.Range(0, 10).Select(at => $"https://example.org/verbs/{at}")];
        for (int first = 0; first < Population; first += 1_000)
        {
            Store.AddAll(
                [
                    .. Enumerable.Range(first, Math.Min(1_000, Population - first)).Select(number =>
                        Statements.Intake(number, $"student-{number % Students}", verbs[number / Students % 10])),
                ],
                "a");
        }

        Random random = new(1);
        List<double> times = [];
        for (int ask = 0; ask < 2_000; ask++)
        {
            string account = ActorKey.OfAccount(Statements.HomePage, $"student-{random.Next(Students)}");
            RecordQuery query = new(
                null, ask % 3 == 1 ? null : account, ask % 3 == 0 ? null : verbs[random.Next(10)], null, null,
                ask % 2 == 0 ? null : random.Next(Population), Ascending: ask % 5 == 0, 50);
            long begin = Stopwatch.GetTimestamp();
            Store.List(query);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        times.Sort();
        double p99 = times[(int)(times.Count * 0.99)];
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{Kind}: p50 {times[times.Count / 2]:F2} ms, p99 {p99:F2} ms"));
        Assert.That(p99, Is.LessThan(20));
    }

    private IEnumerable<long> Numbers(RecordQuery query) => Store.List(query).Select(record => record.Sequence);
}
