using System.Diagnostics;

namespace Ledger.Workload.Tests;

/// <summary>The whole population, read once for all tests of the class.</summary>
[TestFixture]
public sealed class PopulationTests
{
    private const ulong Seed = 20190412;
    private const int GoldenPrefix = 10_000;
    private const int RecordsPerSecondLeast = 100_000;
    private const int RenderedRecords = 100_000;
    private const long HeapGrowthBytesMost = 4_000_000;

    private readonly HashSet<int> students = [];
    private readonly int[] ofTool = new int[Enum.GetValues<LearningTool>().Length];
    private readonly int[] ofKind = new int[ActivityCatalogue.All.Count];
    private readonly int[] ofStudent = new int[Population.StudentCount];
    private readonly HashSet<DateOnly> daysWithRecords = [];
    private int count;
    private int outOfOrder;
    private int outOfHours;
    private int misnumbered;
    private int badPages;

    [OneTimeSetUp]
    public void ReadAll()
    {
        long before = long.MinValue;
        foreach (LearningRecord record in new Population(Seed).Records())
        {
            misnumbered += record.Number == count ? 0 : 1;
            count++;
            outOfOrder += record.TimeMilliseconds < before ? 1 : 0;
            before = record.TimeMilliseconds;
            students.Add(record.StudentIndex);
            ofTool[(int)record.Tool]++;
            ofKind[record.Kind.Index]++;
            ofStudent[record.StudentIndex]++;
            DateTime time = record.Timestamp.UtcDateTime;
            DateOnly day = DateOnly.FromDateTime(time);
            daysWithRecords.Add(day);
            bool inHours = time.Hour is >= SchoolYear.FirstHour and < SchoolYear.EndHour;
            outOfHours += inHours && SchoolYear.IsSchoolDay(day) ? 0 : 1;
            bool hasPage = record.Kind.Object is ObjectKind.Book or ObjectKind.Document;
            int pages = CourseCatalogue.PagesOf(record.Course, record.Unit);
            badPages += hasPage && (record.Detail < 1 || record.Detail > pages) ? 1 : 0;
        }
    }

    [Test]
    public void The_population_has_the_papers_totals()
    {
        Assert.That(count, Is.EqualTo(498_842));
        Assert.That(students, Has.Count.EqualTo(651));
        Assert.That(students.Min(), Is.Zero);
        Assert.That(students.Max(), Is.EqualTo(650));
        Assert.That(misnumbered, Is.Zero);
    }

    [Test]
    public void Records_come_in_time_order_on_school_days_and_in_waking_hours()
    {
        Assert.That(outOfOrder, Is.Zero);
        Assert.That(outOfHours, Is.Zero);
        Assert.That(daysWithRecords, Has.Count.EqualTo(SchoolYear.Days.Count));
    }

    [Test]
    public void Pages_lie_within_their_books()
    {
        Assert.That(badPages, Is.Zero);
    }

    [Test]
    public void Tools_have_their_shares()
    {
        Assert.That((double)ofTool[(int)LearningTool.Moodle] / count, Is.EqualTo(0.45).Within(0.02));
        Assert.That((double)ofTool[(int)LearningTool.BookRoll] / count, Is.EqualTo(0.45).Within(0.02));
        Assert.That((double)ofTool[(int)LearningTool.Caliper] / count, Is.EqualTo(0.10).Within(0.01));
    }

    [Test]
    public void Every_kind_of_event_occurs()
    {
        string[] absent = ActivityCatalogue.All
            .Where(kind => ofKind[kind.Index] == 0)
            .Select(kind => $"{kind.Tool} {kind.EventName} {kind.Verb.Label}")
            .ToArray();
        Assert.That(absent, Is.Empty);
    }

    [Test]
    public void Diligent_students_do_more_than_others()
    {
        var population = new Population(Seed);
        int[] byDiligence = Enumerable.Range(0, Population.StudentCount)
            .OrderBy(student => population.TraitsOf(student).Diligence)
            .ToArray();
        double least = byDiligence.Take(100).Average(student => ofStudent[student]);
        double most = byDiligence.TakeLast(100).Average(student => ofStudent[student]);
        Assert.That(most, Is.GreaterThan(1.5 * least));
        Assert.That(ofStudent.Min(), Is.GreaterThan(100));
    }

    [Test]
    public void Able_students_score_higher()
    {
        var population = new Population(Seed);
        var scores = new Population(Seed).Records().Take(100_000).Where(record => record.Score is not null).ToArray();
        double Mean(Func<int, bool> ability) =>
            scores.Where(record => ability(population.TraitsOf(record.StudentIndex).Ability))
                .Average(record => record.Score!.Value);
        Assert.That(Mean(ability => ability > 600), Is.GreaterThan(Mean(ability => ability < 400) + 8));
        Assert.That(scores.Select(record => record.Score!.Value), Is.All.InRange(0, 100));
    }

    [Test]
    public void What_undoes_something_is_rarer_than_what_it_undoes()
    {
        int Of(string operation) => ofKind[ActivityCatalogue.All.Single(kind => kind.EventName == operation).Index];
        Assert.That(Of("DELETE MARKER"), Is.LessThan(Of("ADD MARKER")));
        Assert.That(Of("TIMER_STOP"), Is.LessThanOrEqualTo(Of("TIMER_START")));
        Assert.That(Of("CLOSE"), Is.LessThanOrEqualTo(Of("OPEN")));
    }

    [Test]
    public void The_first_ten_thousand_records_are_the_golden_ones()
    {
        string digest = PopulationDigest.Of(new Population(Seed).Records().Take(GoldenPrefix));
        Assert.That(digest, Is.EqualTo("fad10ac09204d66ead1228182b8df54b3d76b949a6cd78b31ec5907556107d9d"));
    }

    [Test]
    public void The_whole_population_is_the_golden_one()
    {
        Assert.That(PopulationDigest.Of(new Population(Seed).Records()),
            Is.EqualTo("747bd2243d7cd468983bd7f0f0f486467719ba62c78637fa1311d02e8fac5d27"));
    }

    [Test]
    public void Another_seed_gives_another_population()
    {
        string one = PopulationDigest.Of(new Population(Seed).Records().Take(GoldenPrefix));
        string other = PopulationDigest.Of(new Population(Seed + 1).Records().Take(GoldenPrefix));
        Assert.That(other, Is.Not.EqualTo(one));
    }

    [TestCase(0UL)]
    [TestCase(ulong.MaxValue)]
    public void Any_seed_gives_the_totals(ulong seed)
    {
        var seen = new HashSet<int>();
        int records = 0;
        foreach (LearningRecord record in new Population(seed).Records())
        {
            seen.Add(record.StudentIndex);
            records++;
        }

        Assert.That(records, Is.EqualTo(PaperFigures.PopulationRecords));
        Assert.That(seen, Has.Count.EqualTo(PaperFigures.PopulationStudents));
    }

    [Test]
    public void The_stream_holds_nothing()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using IEnumerator<LearningRecord> stream = new Population(Seed).Records().GetEnumerator();
        while (stream.MoveNext())
        {
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        Assert.That(after - before, Is.LessThan(HeapGrowthBytesMost));
    }

    [Test]
    [Explicit("Measures, so that its outcome depends on the machine.")]
    public void The_stream_gives_at_least_a_hundred_thousand_records_a_second()
    {
        var watch = Stopwatch.StartNew();
        int records = new Population(Seed).Records().Count();
        double light = records / watch.Elapsed.TotalSeconds;
        watch.Restart();
        int rendered = new Population(Seed).Records().Take(RenderedRecords).Count(record => record.ToJson().Length > 0);
        double json = rendered / watch.Elapsed.TotalSeconds;
        TestContext.Out.WriteLine($"{light:F0} records/s light, {json:F0} records/s as JSON");
        Assert.That(light, Is.GreaterThan(RecordsPerSecondLeast));
    }
}
