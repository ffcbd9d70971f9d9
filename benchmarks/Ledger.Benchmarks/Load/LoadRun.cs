using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Load;

/// <summary>
/// <c>bench load</c>: in each round every number of clients in turn, so that what else the host does falls on all of
/// them. What is measured stays when the run ends early.
/// </summary>
public sealed class LoadRun(LoadOptions options, string folder, OperationCsv? csv)
{
    private readonly List<(int Clients, LoadFigures Figures)> measured = [];

    /// <summary>Whether everything was measured that was asked for.</summary>
    public bool IsWhole => measured.Count == options.Rounds * options.Clients.Count
        && measured.All(entry => !entry.Figures.Partial);

    /// <summary>What the web server does without a ledger; null until it was measured.</summary>
    public UnaryLimits? Unary { get; private set; }

    /// <summary>What was measured, by number of clients.</summary>
    public IReadOnlyList<LoadPoint> Points =>
    [
        .. options.Clients
            .Select(clients => (clients, Rounds: measured.Where(entry => entry.Clients == clients)
                .Select(entry => entry.Figures).ToArray()))
            .Where(point => point.Rounds.Length > 0)
            .Select(point => LoadPoint.Of(options, point.clients, point.Rounds)),
    ];

    /// <summary>The point with the highest throughput.</summary>
    public LoadPoint? Chief => Points.MaxBy(point => point.TxPerS);

    /// <summary>
    /// Measures. An interrupt ends it early, without failure where something was measured in that round.
    /// </summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity.Read().RequireRoomFor(options.Validators, options.Clients.Max());
        progress.Report($"{options.Validators} validators start in {folder}");
        await using BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(
            folder, options.Validators, interrupt);
        await consortium.Watch.GuardAsync(() => MeasureAsync(consortium, progress, interrupt));
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, IProgress<string> progress, CancellationToken interrupt)
    {
        Unary = await UnaryLimits.MeasureAsync(interrupt);
        progress.Report("Schools enrol learners and open their contracts");
        LoadSession session = await LoadSession.OpenAsync(
            consortium, Payload.WorldSize.Usual, options.Batch, options.Seed, interrupt);
        progress.Report("Nodes are driven until their code is compiled");
        await session.HeatAsync(HostLimits.Measure(folder), interrupt);
        HostLimits before = HostLimits.Measure(folder);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int clients in options.Clients)
            {
                LoadRound<LedgerCounters> result = await session.RunAsync(
                    new LoadDemand(options.At, clients, clients, options.RatePerS), options.Times, before, interrupt);
                HostLimits after = HostLimits.Measure(folder);
                LoadFigures figures = LoadFigures.Of(
                    result, HostLimits.Around(before, after), options.Validators, Environment.ProcessorCount);
                before = after;
                measured.Add((clients, figures));
                csv?.Write(round, clients, result.Samples, result.Window);
                progress.Report(LoadText.LineOf(round, clients, figures));
                interrupt.ThrowIfCancellationRequested();
            }
        }

        await consortium.RequireEqualHeadsAsync(interrupt);
    }
}
