using Ledger.Client.Boxes;
using Ledger.Client.Features;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Chain;
using Ledger.Node.Tests.Records;

namespace Ledger.Node.Tests.Box;

/// <summary>What a box says of records that are erased, and how a reader verifies it. Rules B-7 and B-9.</summary>
public sealed class BoxErasureTests
{
    private const int Records = 5;

    private BoxBench bench = null!;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records);
        bench.Upgrade();
    }

    [TearDown]
    public void End() => bench.Dispose();

    [Test]
    public async Task An_erased_record_is_shown_by_its_tombstone_and_the_places_add_up()
    {
        bench.Grant(bench.East);
        bench.Erase(3, 2);

        BoxReading reading = await bench.ReadAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        WriterRecords writer = reading.Bundle.Writers.Single();
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(Records - 1));
        Assert.That(
            writer.Erased.Select(one => (one.Proof.Index, one.ErasedHeight)),
            Is.EqualTo(new[] { (2UL, bench.Height) }));
    }

    [Test]
    public async Task An_id_that_is_asked_for_is_erased_and_not_unknown()
    {
        bench.Grant(bench.East);
        bench.Erase(3, 2);
        BoxFilter filter = new() { Ids = { Statements.Id(2), Statements.Id(3), Statements.Id(60) } };

        BoxReading reading = await bench.ReadAsync(bench.East, bench.Query() with { Filter = filter });

        Assert.That(
            reading.Bundle.Asked.Select(static one => one.State),
            Is.EqualTo(new[] { AskedState.Returned, AskedState.Erased, AskedState.Unknown }));
    }

    [Test]
    public async Task To_a_reader_with_limits_an_erased_id_is_as_unknown_as_none()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { Activities = { "urn:another" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        bench.Erase(3, 2);
        BoxFilter filter = new() { Ids = { Statements.Id(3), Statements.Id(60) } };

        BoxReading reading = await bench.ReadAsync(
            bench.East, bench.Query() with { Filter = filter, Openings = [opening] });

        Assert.That(
            reading.Bundle.Asked.Select(static one => one.State),
            Is.EqualTo(new[] { AskedState.Unknown, AskedState.Unknown }));
    }

    [Test]
    public async Task Where_the_disk_is_ahead_of_the_head_it_is_to_be_asked_again()
    {
        bench.Grant(bench.East);
        LedgerHead before = bench.Chain.Head;
        bench.Erase(3, 2);
        bench.FreshHead = () => Task.FromResult<LedgerHead?>(before);

        Assert.That(await bench.RefusedAsync(bench.East), Is.EqualTo(BoxRefusals.NotFresh));
    }

    [Test]
    public async Task Features_are_of_what_is_left_and_the_packet_names_what_is_erased()
    {
        bench.Grant(bench.East);
        bench.Erase(3, 2);

        FeatureReading reading = await bench.FeaturesAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading.Report));
        FeatureRange range = reading.Body!.Verbs.Single().Ranges.Single();
        Assert.That((range.Counted, range.Erased), Is.EqualTo((Records - 1UL, 1UL)));
        Assert.That(reading.Body.Verbs[0].Features.Records, Is.EqualTo(Records - 1));
    }

    [Test]
    public async Task A_range_of_which_all_is_erased_is_whole()
    {
        bench.Grant(bench.East);
        for (int number = 1; number <= Records; number++)
        {
            bench.Erase(number, (ulong)number - 1);
        }

        BoxReading reading = await bench.ReadAsync(bench.East);

        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed), Text(reading));
        Assert.That(reading.Bundle.Writers.Single().Erased, Has.Count.EqualTo(Records));
    }

    private static string Text(BoxReading reading) => Text(reading.Report);

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Steps.Select(static step => $"{step.Name} {step.Verdict} {step.Sentence}"));
}
