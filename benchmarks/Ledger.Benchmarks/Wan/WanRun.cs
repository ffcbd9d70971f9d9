using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.PeerNetwork;

namespace Ledger.Benchmarks.Wan;

/// <summary>
/// <c>bench wan</c>: nodes that call each other through proxies of this process, which keep every piece for a one-way
/// delay. Each round has all delays, none among them.
/// </summary>
public sealed class WanRun(WanOptions options, string folder)
{
    /// <summary>Streams that the many transactions share: a node answers them as fast on a few.</summary>
    private const int Streams = 16;

    /// <summary>Schools are small: what is measured is the network.</summary>
    private static readonly WorldSize School = new(32, 8);

    private readonly List<(int Validators, int DelayMs, WanFigures Figures)> measured = [];

    /// <summary>Whether everything was measured that was asked for.</summary>
    public bool IsWhole =>
        measured.Count == options.Rounds * options.Validators.Count * options.AllDelaysMs.Count
        && measured.All(entry => !entry.Figures.Many.Partial);

    /// <summary>What was measured: only whole rounds can be compared.</summary>
    public IReadOnlyList<WanPoint> Points =>
    [
        .. from validators in options.Validators
           from delayMs in options.AllDelaysMs
           let rounds = RoundsOf(validators, delayMs)
           where rounds.Length > 0
           select WanPoint.Of(delayMs, options.LoadAt(validators), rounds, RoundsOf(validators, 0)),
    ];

    /// <summary>The points as JSON.</summary>
    public IReadOnlyList<JsonObject> Json => [.. Points.Select(point => point.ToJson())];

    /// <summary>Measures.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity host = HostCapacity.Read();
        foreach (int validators in options.Validators)
        {
            host.RequireRoomFor(validators, options.Outstanding);
        }

        foreach (int validators in options.Validators)
        {
            progress.Report($"{validators} validators start in {folder}");
            await MeasureAsync(validators, progress, interrupt);
        }
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
        await session.HeatAsync(HostLimits.Measure(folder), interrupt);
        for (int round = 1; round <= options.Rounds; round++)
        {
            HostLimits limits = HostLimits.Measure(folder);
            foreach (int delayMs in options.AllDelaysMs)
            {
                net.DelayAll(TimeSpan.FromMilliseconds(delayMs));
                LoadFigures one = await LoadAsync(
                    consortium, session, LoadDemand.Closed(LoadPlace.Leader, 1), limits, interrupt);
                interrupt.ThrowIfCancellationRequested();
                LoadFigures many = await LoadAsync(
                    consortium, session, new LoadDemand(LoadPlace.Leader, options.Outstanding, Streams, null), limits,
                    interrupt);
                measured.Add((consortium.Members.Count, delayMs, new WanFigures(one, many)));
                progress.Report(string.Create(CultureInfo.InvariantCulture,
                    $"round {round}, {consortium.Members.Count} validators, {delayMs} ms one way: p50 of one client "
                    + $"{one.LatencyMs.P50:N1} ms; {many.TxPerS:N0} tx/s with {options.Outstanding:N0} under way"));
                interrupt.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<LoadFigures> LoadAsync(
        BenchmarkConsortium consortium, LoadSession session, LoadDemand demand, HostLimits limits,
        CancellationToken interrupt)
    {
        LoadRound<LedgerCounters> round = await session.RunAsync(demand, options.Times, limits, interrupt);
        return LoadFigures.Of(round, limits, consortium.Members.Count, Environment.ProcessorCount);
    }

    private WanFigures[] RoundsOf(int validators, int delayMs) =>
        [.. measured.Where(entry => entry.Validators == validators && entry.DelayMs == delayMs)
            .Select(entry => entry.Figures)];
}
