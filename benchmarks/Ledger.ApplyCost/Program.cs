using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Ledger.ApplyCost;

// ledger-apply-cost [RECORDS[,RECORDS...]] [LEARNERS] [BLOCKS] [SHAPES]: what applying a record operation costs, and
// proofs, at so many records, for the first shapes of a block. The first blocks of a case warm up.
const int warmUpBlocks = 3;
string[] counts = Argument(0, "1000000").Split(',');
int blocks = int.Parse(Argument(2, "20"), CultureInfo.InvariantCulture);
ApplyBenchmark.RecordCounts = [.. counts.Select(count => long.Parse(count, CultureInfo.InvariantCulture))];
ApplyBenchmark.Learners = int.Parse(Argument(1, "651"), CultureInfo.InvariantCulture);
ApplyBenchmark.Shapes = [.. BlockShape.All.Take(int.Parse(Argument(3, "3"), CultureInfo.InvariantCulture))];
Job job = Job.Default
    .WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(2), logOutput: false))
    .WithStrategy(RunStrategy.Monitoring)
    .WithInvocationCount(1)
    .WithUnrollFactor(1)
    .WithGcForce(false)
    .WithWarmupCount(warmUpBlocks)
    .WithIterationCount(blocks);
IConfig config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddLogger(new ConsoleLogger())
    .AddColumnProvider(DefaultColumnProviders.Params)
    .AddColumn(
        new CostColumn("CPU least", "us an operation, least of the blocks", Least, blocks),
        new CostColumn("CPU median", "us an operation, median of the blocks", Median, blocks),
        new CostColumn("Collecting", "us of clock time an operation, mean", Collecting, blocks),
        new CostColumn("Bytes", "allocated an operation, median", Bytes, blocks),
        new CostColumn("Puts", "entries of the batch an operation", costs => costs[^1].Puts, blocks))
    .WithOptions(ConfigOptions.DisableLogFile);
BenchmarkRunner.Run<ApplyBenchmark>(config);
ApplyWorld world = ApplyBenchmark.World;
Console.WriteLine(
    $"{world.Records} records, {ApplyBenchmark.Learners} learners, {ApplyBenchmark.Learners * ApplyWorld.VerbsCount} "
    + $"contracts, {world.State.Tree.Count} keys, {GC.GetTotalMemory(true) / 1_000_000} MB");
ProofCost.Print(world);
world.Dispose();

static double Least(ApplyCost[] costs) => costs.Min(static cost => cost.Microseconds);

static double Median(ApplyCost[] costs) =>
    costs.Select(static cost => cost.Microseconds).Order().ElementAt(costs.Length / 2);

static double Collecting(ApplyCost[] costs) => costs.Average(static cost => cost.Collecting);

static double Bytes(ApplyCost[] costs) => costs.Select(static cost => cost.Bytes).Order().ElementAt(costs.Length / 2);

string Argument(int place, string otherwise) => args.Length > place ? args[place] : otherwise;
