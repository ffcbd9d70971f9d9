using System.Text.Json.Nodes;
using Ledger.Benchmarks.Logs;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Replay;

/// <summary>
/// <c>bench replay</c>: the paper's workload or a log on four nodes that have just started; and where that was asked
/// for, a second workload of the same shape on the same nodes, which are warm then.
/// </summary>
public sealed class ReplayBenchmark(ReplayOptions options, string folder, OperationsCsv? operations) : IBenchmarkRun
{
    /// <summary>The cold replay and the warm one have seeds of their own.</summary>
    private const ulong SeedsOfReplays = 2;

    private readonly List<ReplayRun> runs = [];
    private ReplayLog? log;

    /// <inheritdoc/>
    public bool IsWhole => runs.Count == (options.Warm ? 2 : 1) && runs.All(run => !run.Figures.Partial);

    /// <inheritdoc/>
    public bool IsRight => runs.All(run => run.Figures is { HeadsEqual: true, StateRootsEqual: true });

    /// <inheritdoc/>
    public void Require()
    {
        if (options is { Warm: true, Input: not null })
        {
            throw new BenchmarkException(
                "A log is replayed once: its records and indexes exist then. Leave out --warm or --input.");
        }

        HostCapacity.Read().RequireMemoryFor(DevnetPlan.NodesMin);
        log = options.Input is { } input ? ReplayLog.Read(input) : null;
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        ReplayWork work = log?.Work ?? ReplayWork.Of(new PaperSample(options.Seed), PlanTurn.First);
        progress.Report($"Four nodes start in {folder}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep: false);
        await using NodeWatch watch = new(workspace.Consortium.Plan.Nodes);
        await watch.GuardAsync(() => ReplayAsync(workspace, work, options.Seed, interrupt));
        interrupt.ThrowIfCancellationRequested();
        if (options.Warm)
        {
            progress.Report("The nodes are heated: the same work of other learners, until its code is compiled");
            await watch.GuardAsync(() => NodeHeating.RunAsync(
                workspace.Consortium, options.Native, unchecked(options.Seed + SeedsOfReplays), interrupt));
            progress.Report("The nodes are warm now, and replay a second workload");
            ulong seed = unchecked(options.Seed + 1);
            ReplayWork second = ReplayWork.Of(new PaperSample(seed), PlanTurn.Second);
            await watch.GuardAsync(() => ReplayAsync(workspace, second, seed, interrupt));
        }
    }

    /// <inheritdoc/>
    public void Show() => ReplayTable.Write([.. runs.Select(run => run.Figures)], withPaper: log is null);

    /// <summary>A point for each replay; the last stands for the run: the warm one where there is one.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        ReplayResult[] points = [.. runs.Select(run => run.Figures)];
        JsonObject report = ReportFile.Of(context, isPartial, points, points.LastOrDefault());

        // The last point may be whole where the run is not.
        report["partial"] = isPartial;
        log?.AddTo(report);
        return report;
    }

    private async Task ReplayAsync(Workspace workspace, ReplayWork work, ulong seed, CancellationToken interrupt)
    {
        using Cast cast = new(workspace.Consortium, work.LearnerCount);
        MeasuredReplay replay = new(work, seed, options.Native);
        ReplayRun run = await ReplayProgress.ShowAsync(begin => replay.RunAsync(cast, begin, interrupt));
        runs.Add(run);
        operations?.Write(run);
    }
}
