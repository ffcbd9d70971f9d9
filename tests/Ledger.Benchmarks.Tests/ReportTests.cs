using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Tests.Support;

namespace Ledger.Benchmarks.Tests;

public sealed class ReportTests
{
    [Test]
    public void A_report_tells_one_point_at_its_top_and_medians_with_their_intervals_in_each()
    {
        LoadPoint point = LoadPoint.Of(
            LoadShape.Single(LoadPlace.Leader),
            [.. ((double[])[100, 300, 200]).Select(rate => Figures.Load(64, rate))]);
        JsonObject report = ReportFile.Of(Figures.Context, isPartial: true, [point], point);
        JsonObject told = report["points"]![0]!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(
                report["latency_ms"]!.AsObject().Select(field => field.Key),
                Is.EqualTo((string[])["p50", "p95", "p99", "max"]));
            Assert.That((bool)report["partial"]!, Is.True);
            Assert.That((double)report["tx_per_s"]!, Is.EqualTo(200));
            Assert.That((double)told["tx_per_s"]!, Is.EqualTo(200));
            Assert.That((int)told["rounds"]!, Is.EqualTo(3));
            Assert.That((double)told["intervals"]!["tx_per_s"]!["high"]!, Is.EqualTo(300));
            Assert.That((double)told["each_round"]![1]!["tx_per_s"]!, Is.EqualTo(300));
        });
    }

    [Test]
    public void A_run_that_measured_nothing_still_says_what_it_was()
    {
        JsonObject report = ReportFile.Of<LoadPoint>(Figures.Context, isPartial: true, [], null);
        Assert.Multiple(() =>
        {
            Assert.That((string?)report["command"], Is.EqualTo("./ledger bench load"));
            Assert.That(report["points"]!.AsArray(), Is.Empty);
        });
    }

    [Test]
    public void A_line_of_the_operations_counts_microseconds_from_the_first_begin()
    {
        long second = System.Diagnostics.Stopwatch.Frequency;
        LoadSample sample = new(3, 2 * second, (2 * second) + (second / 1000), 5, 77, IsRefused: false);
        string line = OperationCsv.LineOf("ledger", 1, 64, sample, new LoadWindow(0, second), origin: second);
        Assert.Multiple(() =>
        {
            Assert.That(line, Is.EqualTo("ledger,1,64,3,beside,1000000,1000,5,77,done"));
            Assert.That(
                line.Count(character => character == ','),
                Is.EqualTo(OperationCsv.Header.Count(character => character == ',')));
        });
    }
}
