using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Research;
using Ledger.Node.Tests.Cohorts;

namespace Ledger.Node.Tests.Research;

/// <summary>
/// A research table has pseudonyms of its project, dates by weeks, and no cell of a few learners, alone or by the
/// difference of two tables. Rules Y-7 to Y-10.
/// </summary>
public sealed class ResearchExportsTests
{
    private CohortBench bench = null!;

    [SetUp]
    public void Begin() => bench = new CohortBench();

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task Two_projects_share_no_pseudonym_and_one_keeps_its_own()
    {
        bench.Enrol(12, records: 2);
        string[] one = Pseudonyms(await bench.ExportAsync("one"));
        string[] other = Pseudonyms(await bench.ExportAsync("other"));
        bench.Restart();
        string[] again = Pseudonyms(await bench.ExportAsync("one"));

        Assert.That(one, Has.Length.EqualTo(12));
        Assert.That(one.Intersect(other), Is.Empty);
        Assert.That(again, Is.EqualTo(one));
        Assert.That(
            bench.Learners.Select(static key => Convert.ToHexStringLower(key.Address.ToArray()))
                .Where(address => one.Any(name => address.Contains(name, StringComparison.Ordinal))),
            Is.Empty);
    }

    [Test]
    public async Task Cells_of_a_few_learners_are_left_out_and_k_is_measured()
    {
        bench.Enrol(13, records: 2);
        bench.Enrol(9, records: 4, activity: "urn:rare");
        ResearchTable table = await bench.ExportAsync("one");

        Assert.That(table.Rows.Select(static row => row.Activity).Distinct(), Is.EqualTo(new[] { "urn:course" }));
        Assert.That((table.Cells, table.SuppressedSmall), Is.EqualTo((1UL, 1UL)));
        Assert.That((table.K, table.LearnersMin), Is.EqualTo((13UL, 10U)));
        Assert.That(table.Rows.Sum(static row => (long)row.Records), Is.EqualTo(26));
    }

    [Test]
    public async Task A_cell_that_differs_by_few_from_an_earlier_table_is_left_out_for_any_project()
    {
        bench.Enrol(13, records: 2);
        await bench.ExportAsync("one");
        bench.Anchor(bench.Learners[0], [3]);
        bench.Restart();
        ResearchTable later = await bench.ExportAsync("other");
        Assert.That((later.Cells, later.SuppressedDifference), Is.EqualTo((0UL, 1UL)));

        foreach (Client.Keys.SigningKey learner in bench.Learners.Skip(1).Take(9))
        {
            bench.Anchor(learner, [3]);
        }

        Assert.That((await bench.ExportAsync("other")).Cells, Is.EqualTo(1), "Ten have changed.");
    }

    [Test]
    public async Task An_erased_record_is_in_no_later_table_and_the_difference_gives_nobody_away()
    {
        bench.Enrol(13, records: 2);
        bench.Upgrade();
        bench.Erase(bench.Learners[0], 0);
        ResearchTable table = await bench.ExportAsync("one");
        Assert.That(table.Rows.Sum(static row => (long)row.Records), Is.EqualTo(25));

        bench.Erase(bench.Learners[1], 0);
        ResearchTable later = await bench.ExportAsync("two");
        Assert.That((later.Cells, later.SuppressedDifference), Is.EqualTo((0UL, 1UL)));
    }

    [Test]
    public async Task Spans_of_days_within_a_week_do_not_tell_a_day_of_one_learner()
    {
        bench.Enrol(13, records: 2);
        bench.Anchor(bench.Learners[5], [2]);
        ResearchTable days = await bench.ExportAsync("one", CohortBench.FirstDay, CohortBench.FirstDay + 2);
        ResearchTable more = await bench.ExportAsync("one", CohortBench.FirstDay, CohortBench.FirstDay + 3);

        Assert.That(days.Cells, Is.EqualTo(1));
        Assert.That((more.Cells, more.SuppressedDifference), Is.EqualTo((0UL, 1UL)));
    }

    [Test]
    public async Task Dates_are_weeks_that_begin_on_Mondays()
    {
        bench.Enrol(12, records: 9);
        ResearchTable table = await bench.ExportAsync("one");
        long[] weeks = [.. table.Rows.Select(static row => row.Week).Distinct().Order()];

        Assert.That(weeks, Is.EqualTo(new[] { CohortBench.FirstDay, CohortBench.FirstDay + 7 }));
        Assert.That(
            weeks.Select(static day => DateTimeOffset.UnixEpoch.AddDays(day).DayOfWeek),
            Is.All.EqualTo(DayOfWeek.Monday));
        Assert.That(ResearchCell.MondayOf(-1), Is.EqualTo(-3), "1969-12-31 was a Wednesday.");
    }

    [Test]
    public async Task Each_table_is_kept_with_its_project_and_purpose_and_who_opted_out_is_in_none()
    {
        bench.Enrol(12, records: 1);
        bench.Decide(
            [bench.Learners[0]], Operations.OptOut(bench.Learners[0].Address, OptOutLevel.NoAnchor));
        ResearchTable table = await bench.ExportAsync("one");
        bench.Restart();

        ResearchLogLine line = bench.Research.Log().Single();
        Assert.That((line.Project, line.Purpose, line.K), Is.EqualTo(("one", "a study", 11UL)));
        Assert.That(line.Rows, Is.EqualTo((ulong)table.Rows.Count));
        Assert.That(
            line.ToByteArray().AsSpan().IndexOf(bench.Learners[1].Address.ToArray()), Is.Negative,
            "The list names no learner.");
    }

    [Test]
    public async Task A_table_for_nothing_or_for_no_project_is_not_made()
    {
        await RefusedAsync(new ResearchRequest { Project = "one" }, "purpose");
        await RefusedAsync(new ResearchRequest { Project = "a b", Purpose = "a study" }, "project");
        await RefusedAsync(
            new ResearchRequest { Project = "one", Purpose = "a study", FromDay = 5, UntilDay = 5 }, "from_day");
        await RefusedAsync(new ResearchRequest { Project = "one", Purpose = "a study", Verbs = { "no IRI" } }, "verbs");
        Assert.That(bench.Research.Log(), Is.Empty);
    }

    private async Task RefusedAsync(ResearchRequest request, string field)
    {
        RpcException? refusal = await Assert.ThrowsAsync<RpcException>(() => bench.ExportAsync(request));
        Assert.That(refusal!.Status.Detail, Does.StartWith(field));
    }

    private static string[] Pseudonyms(ResearchTable table) =>
        [.. table.Rows.Select(static row => row.Pseudonym).Order()];
}
