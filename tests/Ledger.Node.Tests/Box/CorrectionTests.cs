using System.Text.Json.Nodes;
using Ledger.Client.Boxes;
using Ledger.Client.Corrections;
using Ledger.Client.Features;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Cohorts;
using Ledger.Node.Copies;
using Ledger.Node.Granted;
using Ledger.Node.Records;
using Ledger.Node.Research;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Box;

/// <summary>
/// Of six records the fourth corrects the first, and the sixth the fourth: whoever reads or counts gets the last word.
/// Rules W-2 to W-7 of <c>docs/corrections.md</c>.
/// </summary>
public sealed class CorrectionTests
{
    private const int Records = 6;

    private BoxBench bench = null!;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records, Statement);
        bench.Upgrade();
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task A_reader_gets_the_last_word_and_a_proof_that_the_others_are_corrected()
    {
        bench.Grant(bench.East);

        BoxReading reading = await bench.ReadAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(Indexes(reading), Is.EqualTo(new ulong[] { 1, 2, 4, 5 }));
        Assert.That(
            reading.Superseded.Select(static one => (one.Index, one.By)),
            Is.EqualTo(new[] { (0UL, 3UL), (3UL, 5UL) }));
    }

    [Test]
    public async Task A_reader_who_asks_for_them_gets_earlier_words_too()
    {
        bench.Grant(bench.East);

        BoxReading reading = await bench.ReadAsync(bench.East, bench.Query() with { WithSuperseded = true });

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(Indexes(reading), Is.EqualTo(new ulong[] { 0, 1, 2, 3, 4, 5 }));
        Assert.That(reading.Superseded, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_part_of_the_range_is_judged_by_corrections_that_stand_after_it()
    {
        bench.Grant(bench.East);

        BoxReading first = await bench.ReadAsync(bench.East, bench.Query() with { Limit = 2 });
        BoxReading rest = await bench.ReadAsync(bench.East, bench.Query() with { FromIndex = 2 });

        Assert.That(first.Report.Verdict, Is.EqualTo(Verdict.Unknown), Text(first));
        Assert.That(Indexes(first), Is.EqualTo(new ulong[] { 1 }));
        Assert.That(Indexes(rest), Is.EqualTo(new ulong[] { 2, 4, 5 }));
    }

    [Test]
    public async Task An_id_that_is_asked_for_is_told_to_be_superseded()
    {
        bench.Grant(bench.East);
        BoxFilter filter = new() { Ids = { Statements.Id(1), Statements.Id(2) } };

        BoxReading reading = await bench.ReadAsync(bench.East, bench.Query() with { Filter = filter });

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(
            reading.Bundle.Asked.Select(static one => one.State),
            Is.EqualTo(new[] { AskedState.Superseded, AskedState.Returned }));
    }

    [Test]
    public async Task A_reader_with_limits_gets_no_earlier_word_and_is_not_told_that_there_is_one()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Purposes = { "advice" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());

        BoxReading reading = await bench.ReadAsync(
            bench.East, bench.Query() with { Purpose = "advice", Openings = [opening] });

        WriterRecords writer = reading.Bundle.Writers.Single();
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That((writer.Superseded.Count, writer.Withheld), Is.EqualTo((0, 2UL)));
        Assert.That(Indexes(reading), Is.EqualTo(new ulong[] { 1, 2, 4, 5 }));
    }

    [Test]
    public async Task An_earlier_word_that_is_erased_is_a_tombstone_and_the_last_one_stays()
    {
        bench.Grant(bench.East);
        await bench.ReadAsync(bench.East);
        bench.Erase(1, 0);

        BoxReading reading = await bench.ReadAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(reading.Bundle.Writers.Single().Erased.Single().Proof.Index, Is.Zero);
        Assert.That(reading.Superseded.Single(), Is.EqualTo((BoxBench.Verb, bench.North.Address, 3UL, 5UL)));
    }

    [Test]
    public async Task Where_a_correction_is_erased_what_it_corrected_is_the_last_word_again()
    {
        bench.Grant(bench.East);
        await bench.ReadAsync(bench.East);
        bench.Erase(4, 3);

        BoxReading reading = await bench.ReadAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(Indexes(reading), Is.EqualTo(new ulong[] { 0, 1, 2, 4, 5 }));
    }

    [Test]
    public async Task A_range_is_gone_through_once_and_what_the_store_lacked_is_looked_at_again()
    {
        bench.Grant(bench.East);
        bench.Source.Change = bench.Kept.Change = static record => IsOf(record, 4) ? null : record;
        BoxReading without = await bench.ReadAsync(bench.East);
        bench.Source.Change = bench.Kept.Change = static record => record;
        BoxReading with = await bench.ReadAsync(bench.East);
        int asked = bench.Kept.Asked;
        await bench.ReadAsync(bench.East);

        Assert.That(Indexes(without), Does.Contain(0), "nobody can tell what the missing record corrects");
        Assert.That(without.Report.Verdict, Is.EqualTo(Verdict.Unknown));
        Assert.That(Indexes(with), Is.EqualTo(new ulong[] { 1, 2, 4, 5 }));
        Assert.That(bench.Kept.Asked - asked, Is.EqualTo(2), "the two corrections, and nothing else");
    }

    [Test]
    public async Task Features_count_the_last_words_and_the_learner_counts_the_same_anew()
    {
        bench.Grant(bench.East);
        FeatureReading packet = await bench.FeaturesAsync(bench.East);
        FeatureRange range = packet.Body!.Verbs.Single().Ranges.Single();
        Assert.That((range.Counted, range.Superseded), Is.EqualTo((4UL, 2UL)));

        BoxReading last = await bench.ReadAsync(bench.Learner);
        BoxReading all = await bench.ReadAsync(bench.Learner, bench.Query() with { WithSuperseded = true });
        foreach (BoxReading reading in (BoxReading[])[last, all])
        {
            VerificationReport recount = FeatureRecount.Run(
                packet.ProofFileBytes, [reading.ProofFileBytes], bench.Trust);
            Assert.That(recount.Verdict, Is.EqualTo(Verdict.Passed), string.Join('\n', recount.Steps));
        }
    }

    [Test]
    public async Task Counts_over_learners_count_the_last_words()
    {
        CohortScan scan = new(bench.North.Address, bench.Blocks, bench.Source);
        IReadOnlyDictionary<Primitives.Address, ulong> counts = await scan.CountAsync(
            bench.Chain.Head, new CohortQuestion { Verb = BoxBench.Verb }, CancellationToken.None);

        Assert.That(counts.Values, Is.EqualTo(new[] { 4UL }));
    }

    [Test]
    public async Task Tables_for_research_are_of_the_last_words()
    {
        ResearchScan scan = new(bench.North.Address, bench.Blocks, bench.Source);
        SortedDictionary<ResearchCell, Dictionary<Primitives.Address, CellCounts>> cells = await scan.CountAsync(
            bench.Chain.Head, new ResearchRequest { Verbs = { BoxBench.Verb } }, CancellationToken.None);

        Assert.That(cells.Values.Single().Values.Single().Records, Is.EqualTo(4));
    }

    [Test]
    public async Task Of_copies_tools_get_the_last_word_once_it_is_copied()
    {
        bench.Grant(bench.East);
        using CopyStore store = new(bench.FileOf("copies"));
        CopyReader copies = new(bench.East.Address, bench.Chain, store, bench.Clock);
        BoxReading all = await bench.ReadAsync(bench.East, bench.Query() with { WithSuperseded = true });
        GrantedQuery query = new(bench.Learner.Address, BoxBench.Verb, null, 0, GrantedQuery.LimitMax, true);

        Keep(store, all, before: 3);
        Assert.That(await CopiedAsync(copies, query), Is.EqualTo(new ulong[] { 0, 1, 2 }));
        Keep(store, all, before: Records);

        Assert.That(await CopiedAsync(copies, query), Is.EqualTo(new ulong[] { 1, 2, 4, 5 }));
        Assert.That(
            await CopiedAsync(copies, query with { WithSuperseded = true }),
            Is.EqualTo(new ulong[] { 0, 1, 2, 3, 4, 5 }));
    }

    private static IntakeRecord Statement(int number)
    {
        JsonObject statement = Statements.Statement(number);
        if (number is 4 or 6)
        {
            statement["context"] = new JsonObject
            {
                ["extensions"] = new JsonObject
                {
                    [RecordCorrection.Extension] = Statements.Id(number == 4 ? 1 : 4),
                },
            };
        }

        return Statements.Read(statement.ToJsonString());
    }

    private static bool IsOf(KeptRecord record, int number) =>
        record.Committed.Span.IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"id\":\"{Statements.Id(number)}\"")) >= 0;

    private static IEnumerable<ulong> Indexes(BoxReading reading) =>
        reading.Bundle.Writers.Single().Records.Select(static record => record.Leaf.Index);

    private void Keep(CopyStore store, BoxReading reading, ulong before) => store.Keep(
        [
            .. reading.Bundle.Writers.Single().Records.Where(record => record.Leaf.Index < before).Select(record =>
                new KeptCopy(
                    new CopyGroupName(bench.Llpc, bench.North.Address, 0), 0, bench.North.Address, bench.Height,
                    record, [])),
        ],
        nowUnixMs: 1);

    private static async Task<IEnumerable<ulong>> CopiedAsync(CopyReader copies, GrantedQuery query) =>
        (await copies.ReadAsync(query, "a tool", CancellationToken.None)).Records
            .Select(static one => one.Record.Leaf.Index).Order();

    private static string Text(BoxReading reading) =>
        string.Join('\n', reading.Report.Steps.Select(static step => $"{step.Name} {step.Verdict} {step.Sentence}"));
}
