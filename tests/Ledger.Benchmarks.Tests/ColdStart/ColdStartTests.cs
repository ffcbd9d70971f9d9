using System.Text.Json.Nodes;
using Ledger.Benchmarks.ColdStart;
using Ledger.Benchmarks.Reporting;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Tests.Support;

namespace Ledger.Benchmarks.Tests.ColdStart;

/// <summary>The packet's worth at a small size: it helps on the first day, and another student's does not.</summary>
public sealed class ColdStartTests
{
    private const int Rounds = 2;
    private const int Weeks = 3;

    /// <summary>Every second student: 82 who teach the model and 244 newcomers are enough to tell.</summary>
    private const int Every = 2;

    [Test]
    public async Task A_packet_helps_from_the_first_day_and_a_shuffled_one_gives_no_gain()
    {
        ColdStartRun run = new(7, Rounds, Weeks, Every);
        await run.RunAsync(new Progress<string>(), CancellationToken.None);

        Assert.That(run.IsWhole, Is.True);
        Assert.That(run.Weeks.Select(static week => week.Week), Is.EqualTo(Enumerable.Range(0, Weeks + 1)));
        ColdStartWeek first = run.Weeks[0];
        Assert.That(first.Without.Median, Is.EqualTo(0.5).Within(0.08), "Nothing is known: the toss of a coin.");
        Assert.That(first.Gain.Low, Is.GreaterThan(0.1));
        foreach (ColdStartWeek week in run.Weeks)
        {
            Assert.That(week.Gain.Median, Is.GreaterThan(0), $"week {week.Week}");
            Assert.That(week.ShuffledGain.Median, Is.LessThan(0.03), $"week {week.Week}");
        }

        JsonObject report = run.Report(Figures.Context, isPartial: false);
        Assert.That((bool)report["simulated"]!, Is.True);
        Assert.That(report["students"]!.AsArray()[0]!["ability"], Is.Not.Null, "Latent traits are published.");
        RequirePage(report);
    }

    [Test]
    public void A_model_finds_the_column_that_tells_and_leaves_the_others_alone()
    {
        double[][] rows = [.. Enumerable.Range(0, 200).Select(static place => (double[])
            [place % 7, place / 100.0, 3])];
        bool[] outcomes = [.. rows.Select(static row => row[1] >= 1)];

        LogisticModel model = LogisticModel.Train(rows, outcomes);

        Assert.That(model.Predict([0, 0.1, 3]), Is.LessThan(0.1));
        Assert.That(model.Predict([6, 1.9, 3]), Is.GreaterThan(0.9));
        Assert.That(model.Predict([0, 1.9, 3]), Is.GreaterThan(0.9));
    }

    [Test]
    public void A_model_without_a_telling_column_says_how_frequent_the_outcome_is()
    {
        double[][] rows = [.. Enumerable.Repeat(new[] { 1.0 }, 40)];
        LogisticModel model = LogisticModel.Train(rows, [.. Enumerable.Range(0, 40).Select(static one => one < 10)]);
        Assert.That(model.Predict([1.0]), Is.EqualTo(0.25).Within(1e-6));
    }

    private static void RequirePage(JsonObject report)
    {
        report["command"] = "./ledger bench coldstart";
        string folder = Directory.CreateTempSubdirectory("coldstart-").FullName;
        try
        {
            string file = Path.Combine(folder, "coldstart.json");
            ReportFile.Write(file, report);
            string page = Path.Combine(folder, "page.html");
            IReadOnlyList<string> sections = ReportPage.Write(page, ResultFiles.Read([file]));
            Assert.That(sections, Has.Some.Contains("simulated"));
            Assert.That(File.ReadAllText(page), Does.Contain("<svg").And.Contain("simulated"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
