using System.Diagnostics;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Replay;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.Workload;

namespace Ledger.Benchmarks.Populating;

/// <summary>
/// The whole population on four nodes: commitments are prepared and learners enrolled, then the clock starts, and every
/// record is inserted, certified and indexed. Transactions are put together and signed alongside.
/// </summary>
public sealed class PopulationRun(PopulationOptions options, LocalConsortium consortium, Cast cast)
{
    private readonly int[] processes =
        [.. consortium.Plan.Nodes.Select(node => LocalConsortium.Ready(node)!.ProcessId)];

    /// <summary>What was measured so far; null before anything was decided.</summary>
    public PopulationFigures? Figures { get; private set; }

    /// <summary>Whether every record was decided, and taken in where that was asked for.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Runs it. When interrupted, <see cref="Figures"/> has what was decided until then.</summary>
    public async Task RunAsync(IPopulationProgress progress, CancellationToken cancellation)
    {
        Stopwatch preparing = Stopwatch.StartNew();
        IReadOnlyList<PreparedRecord>[] schools = await PrepareAsync(progress, cancellation);
        preparing.Stop();
        PopulationUnits units = new(cast);
        ReplayTimes enrolments = await RunAsync(
            units.Enrolments(PaperFigures.PopulationStudents), progress, "enrolments", cancellation);
        cancellation.ThrowIfCancellationRequested();
        HostLimits limits = HostLimits.Measure(consortium.Plan.Folder);
        PopulationWriting writing = units.Writing(schools, options.Batch);
        LedgerCounters before = await cast.CountAsync(cancellation);
        ReplayTimes times = await RunAsync(writing.Units, progress, "records on the ledger", cancellation);
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
        };
        Figures = measure.ToFigures();
        if (times.IsWhole && options.WithIntake)
        {
            await TakeInAsync(progress, cancellation);
        }

        IsWhole = times.IsWhole;
    }

    private Task<IReadOnlyList<PreparedRecord>[]> PrepareAsync(
        IPopulationProgress progress, CancellationToken cancellation)
    {
        PopulationPreparation preparation = new(options.Seed, options.RecordsMax);
        IProgress<int> told = progress.Begin("commitments and locators", options.RecordsMax);
        return Task.Run(() => preparation.Prepare(told, cancellation), cancellation);
    }

    private async Task<ReplayTimes> RunAsync(
        IReadOnlyList<ReplayUnit> units, IPopulationProgress progress, string phase, CancellationToken cancellation)
    {
        CumulativeProgress told = new(progress.Begin(phase, units.Sum(unit => unit.Size)));
        using ReplayRunner runner = new(cast, units, told);
        return await runner.RunAsync(cancellation);
    }

    private async Task TakeInAsync(IPopulationProgress progress, CancellationToken cancellation)
    {
        PopulationIntake intake = new(cast, options.Seed, options.RecordsMax);
        IProgress<int> told = progress.Begin("records to the stores", options.RecordsMax);
        Figures = Figures! with { Intake = await intake.RunAsync(processes, told, cancellation) };
    }
}
