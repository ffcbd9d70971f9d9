using System.Text;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Node.Configuration;
using Ledger.Node.Erasure.Retention;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Erasure;

/// <summary>Records of each class go when their time is over, and not a day before.</summary>
public sealed class RetentionTests
{
    private const string Answered = "http://adlnet.gov/expapi/verbs/answered";
    private const string Passed = "http://adlnet.gov/expapi/verbs/passed";
    private const int Year = 365;
    private const int StepDays = 5;

    private static readonly RetentionDocument Periods = new(
        [new RetentionClass("exercises", [Answered], Year), new RetentionClass("results", [Passed], 9 * Year)],
        3 * Year);

    [Test]
    public void Over_ten_years_each_class_goes_on_time()
    {
        using ErasureBench bench = new();
        RetentionJob job = new(new DueRecords(bench.Store, Periods), bench.Orders, bench.Clock);
        SortedDictionary<int, (int Stored, string Verb)> stored = [];
        string[] verbs = [Answered, Passed, Statements.Viewed];
        for (int day = 0; day <= 10 * Year; day += StepDays)
        {
            job.Look();
            bench.Erasing.Look();
            foreach ((int number, (int at, string verb)) in stored)
            {
                bool isDue = day - at >= PeriodOf(verb);
                bool isThere = bench.Store.FindStatement(Statements.Id(number), isVoided: false) is not null;
                Assert.That(isThere, Is.EqualTo(!isDue), $"{verb} of day {at} on day {day}");
            }

            if (day % (20 * StepDays) == 0)
            {
                string verb = verbs[stored.Count % verbs.Length];
                stored.Add(stored.Count + 1, (day, verb));
                bench.Store.AddAll([Statements.Intake(stored.Count, verb: verb)], "moodle");
            }

            bench.Clock.Now += TimeSpan.FromDays(StepDays);
        }

        Assert.That(stored, Has.Count.GreaterThan(30));
        Assert.That(bench.List.Orders().Sum(static order => (long)order.Scrubbed), Is.GreaterThan(15));
    }

    [Test]
    public void What_falls_due_when_is_counted_and_nothing_goes_by_it()
    {
        using ErasureBench bench = new();
        string path = Path.Combine(bench.Folder, RetentionFile.FileName);
        DueRecords due = new(bench.Store, Periods);
        RetentionJob job = new(due, bench.Orders, bench.Clock);
        RetentionReport report = new(path, Periods, due, job, bench.Clock);
        bench.Store.AddAll([Statements.Intake(1, verb: Answered)], "moodle");
        bench.Clock.Now += TimeSpan.FromDays(5);
        bench.Store.AddAll([Statements.Intake(2, verb: Answered), Statements.Intake(3)], "moodle");
        bench.Clock.Now += TimeSpan.FromDays(Year - 5);

        RetentionView counted = report.View(isCounted: true);

        Assert.That(
            counted.Classes.Select(static one => (one.Name, one.DueNow, one.DueWeek, one.DueMonth)),
            Is.EqualTo(new[] { ("exercises", 1UL, 2UL, 2UL), ("results", 0UL, 0UL, 0UL), ("other", 0UL, 0UL, 0UL) }));
        Assert.That(counted.Classes[0].FirstUnixMs, Is.EqualTo(bench.Clock.Now.ToUnixTimeMilliseconds()));
        Assert.That(report.View(isCounted: false).Classes[0].DueMonth, Is.Zero);
        Assert.That(bench.List.Orders().Sum(static order => (long)order.Records), Is.Zero);
        Assert.That(report.Status(), Is.Null, "there was no run yet");

        job.Look();

        Assert.That(report.Status()!.Records, Is.EqualTo(1));
        Assert.That(report.View(isCounted: false).Classes.Select(static one => one.LastRecords),
            Is.EqualTo(new[] { 1UL, 0UL, 0UL }));
        Assert.That(
            report.Status()!.NextUnixMs,
            Is.EqualTo(bench.Clock.Now.AddDays(1).ToUnixTimeMilliseconds()));
    }

    [Test]
    public void A_file_that_was_changed_or_broken_since_the_node_began_is_told()
    {
        using ErasureBench bench = new();
        string path = Path.Combine(bench.Folder, RetentionFile.FileName);
        File.WriteAllText(path, """{"classes":[{"name":"a","verbs":["x:a"],"days":1}],"otherDays":9}""");
        RetentionDocument periods = RetentionFile.Load(path);
        DueRecords due = new(bench.Store, periods);
        RetentionReport report = new(
            path, periods, due, new RetentionJob(due, bench.Orders, bench.Clock), bench.Clock);
        Assert.That(report.View(isCounted: false).Changed, Is.False);

        File.WriteAllText(path, """{"classes":[{"name":"a","verbs":["x:a"],"days":2}],"otherDays":9}""");
        Assert.That(report.View(isCounted: false).Changed, Is.True);
        File.WriteAllText(path, "[]");
        Assert.That(report.View(isCounted: false).Problem, Does.Contain("cannot be used"));
    }

    [TestCase("""{"classes":[],"otherDays":0}""", true)]
    [TestCase("""{"classes":[{"name":"a","verbs":["x:a"],"days":1}],"otherDays":9}""", true)]
    [TestCase("""{"classes":[{"name":"a","verbs":["x:a"],"days":0}],"otherDays":9}""", false)]
    [TestCase("""{"classes":[{"name":"a","verbs":[],"days":1}],"otherDays":9}""", false)]
    [TestCase("""{"classes":[{"name":"a","verbs":["x:a","x:a"],"days":1}],"otherDays":9}""", false)]
    [TestCase("""{"classes":[{"name":"other","verbs":["x:a"],"days":1}],"otherDays":9}""", false)]
    [TestCase("""{"classes":[null],"otherDays":9}""", false)]
    [TestCase("""{"classes":[],"otherDays":-1}""", false)]
    [TestCase("""{"classes":[],"otherDays":40000}""", false)]
    [TestCase("""{"classes":[]}""", false)]
    [TestCase("""[]""", false)]
    public void A_file_that_says_no_periods_is_refused(string json, bool isTaken)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        if (isTaken)
        {
            Assert.That(RetentionFile.Parse(bytes), Is.Not.Null);
        }
        else
        {
            Assert.That(() => RetentionFile.Parse(bytes), Throws.TypeOf<ConfigurationException>());
        }
    }

    private static int PeriodOf(string verb) => verb switch
    {
        Answered => Year,
        Passed => 9 * Year,
        _ => 3 * Year,
    };
}
