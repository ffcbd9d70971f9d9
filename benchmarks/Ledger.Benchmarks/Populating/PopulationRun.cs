using System.Diagnostics;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Replay;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Node.Integrity;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// The whole population on four nodes: commitments are prepared and learners enrolled, then the clock starts, and every
/// record is inserted, certified and indexed. Transactions are put together and signed alongside.
/// </summary>
public sealed class PopulationRun(PopulationOptions options, string folder) : IBenchmarkRun
{
    /// <summary>Long enough for a node to see that it is at rest, and to give back what the work left.</summary>
    private static readonly TimeSpan Rest = 3 * RestWatch.Rest;

    private PopulationFigures? figures;

    /// <summary>Whether every record was decided, and taken in where that was asked for.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Whether all nodes have one state, and the contracts that were read back are what was written.</summary>
    public bool IsRight => figures is { HeadsEqual: true } && figures.ContractsRead == figures.ContractsRight;

    /// <inheritdoc/>
    public void Require() => HostCapacity.Read().RequireMemoryFor(DevnetPlan.NodesMin);

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report($"Four nodes start in {folder}");
        await using Workspace workspace = await Workspace.StartAsync(folder, keep: false);
        using Cast cast = new(workspace.Consortium, PaperFigures.PopulationStudents);
        await using NodeWatch watch = new(cast.Nodes);
        await watch.GuardAsync(() => ConsoleProgress.ShowAsync(
            bars => WriteAsync(workspace.Consortium, cast, bars, interrupt)));
    }

    /// <inheritdoc/>
    public void Show() => PopulationText.Write(figures);

    /// <summary>One point, which stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        PopulationFigures[] points = figures is null ? [] : [figures];
        return ReportFile.Of(context, isPartial, points, figures);
    }

    // When interrupted, the figures are of what was decided until then.
    private async Task WriteAsync(
        LocalConsortium consortium, Cast cast, IPopulationProgress progress, CancellationToken cancellation)
    {
        Stopwatch preparing = Stopwatch.StartNew();
        IReadOnlyList<PreparedRecord>[] schools = await PrepareAsync(progress, cancellation);
        preparing.Stop();
        PopulationUnits units = new(cast);
        ReplayTimes enrolments = await RunAsync(
            cast, units.Enrolments(PaperFigures.PopulationStudents), progress, "enrolments", cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (options.Warm)
        {
            IProgress<int> heated = progress.Begin("heating", 1);
            await NodeHeating.RunAsync(consortium, native: true, unchecked(options.Seed + 1), cancellation);
            heated.Report(1);
        }

        HostLimits limits = HostLimits.Measure(cast.Folder);
        PopulationWriting writing = units.Writing(schools, options.Batch);
        LedgerCounters before = await cast.CountAsync(cancellation);
        ReplayTimes times = await RunAsync(cast, writing.Units, progress, "records on the ledger", cancellation);
        LedgerCounters after = await cast.CountAsync(CancellationToken.None);

        // The nodes still run after an interrupt; what they have is part of the result.
        IReadOnlyList<NodeStatus> heads = await MeasuredReplay.HeadsAsync(cast.Clients, CancellationToken.None);
        PopulationMeasure measure = new()
        {
            Options = options,
            Preparation = preparing.Elapsed,
            Enrolments = enrolments,
            Limits = limits,
            Writing = writing,
            Times = times,
            Before = before,
            After = after,
            Heads = heads,
            Check = times.IsWhole
                ? await ContractCheck.ReadAsync(cast, schools, options.Seed, CancellationToken.None)
                : ContractCheck.None,
            AtRest = times.IsWhole ? await AtRestAsync(cast, cancellation) : after,
        };
        figures = measure.ToFigures();
        if (times.IsWhole && options.WithIntake)
        {
            await TakeInAsync(cast, progress, cancellation);
        }

        IsWhole = times.IsWhole;
    }

    private static async Task<LedgerCounters> AtRestAsync(Cast cast, CancellationToken cancellation)
    {
        // An interrupt ends the rest, and loses nothing of what was measured.
        await Task.WhenAny(Task.Delay(Rest, cancellation));
        return await cast.CountAsync(CancellationToken.None);
    }

    private Task<IReadOnlyList<PreparedRecord>[]> PrepareAsync(
        IPopulationProgress progress, CancellationToken cancellation)
    {
        PopulationPreparation preparation = new(options.Seed, options.RecordsMax);
        IProgress<int> told = progress.Begin("commitments and locators", options.RecordsMax);
        return Task.Run(() => preparation.Prepare(told, cancellation), cancellation);
    }

    private static async Task<ReplayTimes> RunAsync(
        Cast cast, IReadOnlyList<ReplayUnit> units, IPopulationProgress progress, string phase,
        CancellationToken cancellation)
    {
        CumulativeProgress told = new(progress.Begin(phase, units.Sum(unit => unit.Size)));
        using ReplayRunner runner = new(cast, units, told);
        return await runner.RunAsync(cancellation);
    }

    private async Task TakeInAsync(
        Cast cast, IPopulationProgress progress, CancellationToken cancellation)
    {
        PopulationIntake intake = new(cast, options.Seed, options.RecordsMax);
        IProgress<int> told = progress.Begin("records to the stores", options.RecordsMax);
        int[] processes = [.. cast.Nodes.Select(NodeProcess.IdOf)];
        figures = figures! with { Intake = await intake.RunAsync(processes, told, cancellation) };
    }
}
