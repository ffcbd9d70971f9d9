using System.Text.Json.Nodes;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.PeerNetwork;

namespace Ledger.Benchmarks.Wan;

/// <summary>
/// <c>bench wan</c>: nodes that call each other through proxies of this process, which keep every piece for a one-way
/// delay. Each round has all delays, none among them.
/// </summary>
public sealed class WanRun(WanOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    /// <summary>Streams that the many transactions share: a node answers them as fast on a few.</summary>
    private const int Streams = 16;

    /// <summary>Schools are small: what is measured is the network.</summary>
    private static readonly WorldSize School = new(32, 8);

    private readonly RoundBook<WanPlace, WanFigures> measured = new(
        options.Places, options.Rounds, static round => round.Many.Partial);

    /// <inheritdoc/>
    public bool IsWhole => measured.IsWhole;

    // Only whole rounds can be compared: a place has no more of them than the one without delay.
    private IReadOnlyList<WanPoint> Points => measured.Points((place, rounds) => WanPoint.Of(
        place.DelayMs, rounds, measured.Of(place with { DelayMs = 0 })));

    /// <inheritdoc/>
    public void Require()
    {
        HostCapacity host = HostCapacity.Read();
        foreach (int validators in options.Validators)
        {
            host.RequireRoomFor(validators, options.Outstanding);
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        foreach (int validators in options.Validators)
        {
            progress.Report($"{validators} validators start in {folder}");
            await MeasureAsync(validators, progress, interrupt);
        }
    }

    /// <inheritdoc/>
    public void Show() => WanText.Write(Points);

    /// <summary>All points; the last, the farthest of the largest, stands for the run.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyList<WanPoint> points = Points;
        return ReportFile.Of(context, isPartial, points, points.LastOrDefault());
    }

    private async Task MeasureAsync(int validators, IProgress<string> progress, CancellationToken interrupt)
    {
        PeerNet? net = null;
        try
        {
            await using BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(
                folder, validators, nodes => net = PeerNet.Open(nodes), interrupt);
            await consortium.Watch.GuardAsync(() => MeasureAsync(consortium, net!, progress, interrupt));
        }
        finally
        {
            if (net is not null)
            {
                await net.DisposeAsync();
            }
        }
    }

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, PeerNet net, IProgress<string> progress, CancellationToken interrupt)
    {
        LoadSession session = await LoadSession.OpenAsync(consortium, School, batch: 1, options.Seed, interrupt);
        await session.HeatAsync(interrupt);
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int delayMs in options.AllDelaysMs)
            {
                net.DelayAll(TimeSpan.FromMilliseconds(delayMs));
                WanPlace place = new(consortium.Members.Count, delayMs);
                LoadFigures one = await LoadAsync(
                    session, place, round, LoadDemand.Closed(LoadPlace.Leader, 1), interrupt);
                interrupt.ThrowIfCancellationRequested();
                LoadFigures many = await LoadAsync(
                    session, place, round, new LoadDemand(LoadPlace.Leader, options.Outstanding, Streams, null),
                    interrupt);
                WanFigures figures = new(one, many);
                measured.Add(place, figures);
                progress.Report(WanText.LineOf(round, place, figures));
                interrupt.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<LoadFigures> LoadAsync(
        LoadSession session, WanPlace place, int round, LoadDemand demand, CancellationToken interrupt)
    {
        MeasuredLoad load = await session.MeasureAsync(demand, options.Times, interrupt);
        operations?.Write(
            FormattableString.Invariant($"{place.Validators}-validators-{place.DelayMs}-ms"), round, demand.Clients,
            load.Round);
        return load.Figures;
    }
}
