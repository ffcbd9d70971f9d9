using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Results;

namespace Ledger.Benchmarks.Tests;

public sealed class ReportTests
{
    // The names that readers of such files rely on.
    private static readonly string[] Promised =
    [
        "validators", "clients", "tx_per_s", "records_per_s", "latency_ms", "cpu_ms_per_tx", "verify_us", "rss_mb",
        "limit_tx_per_s", "share_of_limit", "fdatasync_ms_p50", "syncs_per_block", "rounds",
        "machine", "commit", "command", "seed", "partial",
    ];

    private static readonly RunContext Context = new(
        new MachineDescription("a processor", 2, 4096, "a system", "a runtime"), "abc", "./ledger bench load", 7,
        "now");

    [Test]
    public void A_report_has_the_promised_names_at_its_top_and_in_each_point()
    {
        LoadPoint point = Point(64, [100, 300, 200]);
        JsonObject report = ReportFile.Of(Context, null, isPartial: true, [point], point);
        JsonObject told = report["points"]![0]!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(report.Select(field => field.Key), Is.SupersetOf(Promised));
            Assert.That(
                report["latency_ms"]!.AsObject().Select(field => field.Key),
                Is.EqualTo((string[])["p50", "p95", "p99", "max"]));
            Assert.That((bool)report["partial"]!, Is.True);
            Assert.That((double)told["tx_per_s"]!, Is.EqualTo(200));
            Assert.That((int)told["rounds"]!, Is.EqualTo(3));
            Assert.That((double)told["intervals"]!["tx_per_s"]!["high"]!, Is.EqualTo(300));
        });
    }

    [Test]
    public void A_run_that_measured_nothing_still_says_what_it_was()
    {
        JsonObject report = ReportFile.Of<LoadPoint>(Context, null, isPartial: true, [], null);
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
        string line = OperationCsv.LineOf(1, 64, sample, new LoadWindow(0, second), origin: second);
        Assert.Multiple(() =>
        {
            Assert.That(line, Is.EqualTo("1,64,3,beside,1000000,1000,5,77,done"));
            Assert.That(
                line.Count(character => character == ','),
                Is.EqualTo(OperationCsv.Header.Count(character => character == ',')));
        });
    }

    private static LoadPoint Point(int clients, double[] rates) => LoadPoint.Of(
        new LoadOptions
        {
            Clients = [clients], Validators = 4, Batch = 1, RatePerS = null, Rounds = rates.Length, Seed = 7,
            Times = new LoadTimes(TimeSpan.Zero, TimeSpan.FromSeconds(1)), At = LoadPlace.Leader,
        },
        clients,
        [.. rates.Select(rate => new LoadFigures
        {
            TxPerS = rate, RecordsPerS = rate, LatencyMs = new LatencyMs(1, 2, 3, 4), CpuMsPerTx = 1, VerifyUs = 60,
            RssMb = 200, LimitTxPerS = 1_000, ShareOfLimit = rate / 1_000, FdatasyncMsP50 = 1, SyncsPerBlock = 3,
            TxPerBlock = 10, ClientCpuShare = 0.1, ElsewhereCpuShare = 0, Refused = 0, StandstillMs = 0, Seconds = 1,
            Partial = false,
        })]);
}
