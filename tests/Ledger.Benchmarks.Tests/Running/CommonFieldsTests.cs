using System.Text.Json.Nodes;
using Ledger.Benchmarks.Costs;
using Ledger.Benchmarks.Granted;
using Ledger.Benchmarks.Intake;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Parts;
using Ledger.Benchmarks.Peers;
using Ledger.Benchmarks.Populating;
using Ledger.Benchmarks.Reads;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Scale;
using Ledger.Benchmarks.Soak;
using Ledger.Benchmarks.State;
using Ledger.Benchmarks.Tests.Support;
using Ledger.Benchmarks.Wan;

namespace Ledger.Benchmarks.Tests.Running;

/// <summary>Readers of result files find the same names in those of every command.</summary>
public sealed class CommonFieldsTests
{
    private static readonly string[] Promised =
    [
        "validators", "clients", "tx_per_s", "records_per_s", "latency_ms", "cpu_ms_per_tx", "verify_us", "rss_mb",
        "limit_tx_per_s", "share_of_limit", "fdatasync_ms_p50", "syncs_per_block", "rounds",
    ];

    private static readonly string[] OfTheRun = ["machine", "commit", "command", "seed", "started_utc", "partial"];

    private static readonly LoadTimes Times = new(TimeSpan.Zero, TimeSpan.FromSeconds(1));

    // None of them is run.
    private static IEnumerable<TestCaseData> Runs()
    {
        (string Name, IBenchmarkRun Run)[] runs =
        [
            ("load", new LoadRun(
                new LoadOptions
                {
                    Clients = [1], Validators = 4, Shape = LoadShape.Single(LoadPlace.Leader), Times = Times,
                    Rounds = 1, Seed = 7,
                },
                "none", null)),
            ("read", new ReadRun(new ReadOptions([1], 4, 1, Times, 1, 7), "none", null)),
            ("granted", new GrantedRun(new GrantedOptions([1], 4, 1, Times, 1), "none", null)),
            ("wan", new WanRun(new WanOptions([50], [4], 1, Times, 1, 7), "none", null)),
            ("scale", new ScaleRun(
                new ScaleOptions([4], [], [], 1, new Payload.WorldSize(1, 1), Times, 1, 7), "none", null)),
            ("soak", new SoakRun(new SoakOptions(4, 1, Times.Measured, 0.5, Times.Measured, 7), "none", null)),
            ("replay", new ReplayBenchmark(new ReplayOptions(false, false, null, 7), "none", null)),
            ("population", new PopulationRun(new PopulationOptions(7, 1, 1, false, false), "none")),
            ("peers", new PeersRun(new PeersOptions([PeerKind.Etcd], [1], 2, Times, 1, 7), "none", null)),
            ("costs", new CostsRun(1, "none")),
            ("parts", new PartsRun(["*"], "none")),
            ("intake", new IntakeRun(new IntakeOptions(1, 1_000, 100, 200, 100, Times, 7), "none")),
            ("state", new StateRun(new StateOptions([1], 1, 1, 1, 1), "none")),
        ];
        return runs.Select(run => new TestCaseData(run.Run).SetArgDisplayNames(run.Name));
    }

    [TestCaseSource(nameof(Runs))]
    public void A_run_that_measured_nothing_has_every_name_at_its_top_and_no_figure(IBenchmarkRun run)
    {
        JsonObject report = run.Report(Figures.Context, isPartial: true);
        Assert.Multiple(() =>
        {
            Assert.That(run.IsWhole, Is.False);
            Assert.That((bool)report["partial"]!, Is.True);
            Assert.That(report.Select(field => field.Key), Is.SupersetOf((string[])[.. OfTheRun, .. Promised]));
            foreach (string name in Promised)
            {
                Assert.That(report[name], Is.Null, name);
            }
        });
    }

    /// <summary>What stands for a whole run of each command, and each of its points.</summary>
    [TestCase(typeof(LoadPoint))]
    [TestCase(typeof(LoadFigures))]
    [TestCase(typeof(ReadPoint))]
    [TestCase(typeof(ReadFigures))]
    [TestCase(typeof(GrantedFigures))]
    [TestCase(typeof(WanPoint))]
    [TestCase(typeof(ScalePoint))]
    [TestCase(typeof(SoakSummary))]
    [TestCase(typeof(ReplayResult))]
    [TestCase(typeof(PopulationFigures))]
    [TestCase(typeof(PeersSummary))]
    [TestCase(typeof(RunFigures))]
    public void What_stands_for_a_run_has_every_name_once(Type told) => Assert.That(
        ResultJson.NamesOf(told), Is.SupersetOf(Promised).And.Unique);

    [Test]
    public void A_point_that_holds_a_load_is_told_flat_with_its_own_fields()
    {
        LoadFigures[] rounds = [Figures.Load(64, 100), Figures.Load(64, 200)];
        JsonObject scale = Told(ScalePoint.Of(ScaleKind.Records, 1_000, 9, null, LoadPlace.All, rounds));
        WanFigures[] near = [new(Figures.Load(1, 50), Figures.Load(64, 100))];
        WanFigures[] far = [new(Figures.Load(1, 10), Figures.Load(64, 80))];
        JsonObject wan = Told(WanPoint.Of(50, far, near));
        Assert.Multiple(() =>
        {
            Assert.That((double)scale["tx_per_s"]!, Is.EqualTo(150));
            Assert.That((double)scale["cpu_ms_per_tx_validator"]!, Is.EqualTo(0.25));
            Assert.That((string?)scale["at"], Is.EqualTo("all"));
            Assert.That((double)wan["ratio_loopback"]!, Is.EqualTo(0.8));
            Assert.That((double)wan["tx_per_s"]!, Is.EqualTo(80));
            Assert.That((int)wan["clients"]!, Is.EqualTo(64));
        });
    }

    [Test]
    public void Where_nothing_is_signed_there_is_no_share_of_the_signature_limit()
    {
        RunFigures reads = RunFigures.MediansOf([Figures.Run(1, 10) with { ShareOfLimit = null }]);
        Assert.That(Told(reads).ContainsKey("share_of_limit"));
        Assert.That(Told(reads)["share_of_limit"], Is.Null);
    }

    private static JsonObject Told<T>(T figures) => ResultJson.Node(figures)!.AsObject();
}
