using System.Globalization;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Scale;

/// <summary>
/// The same load on consortia of different sizes, which all run for the whole time and are driven in turn, so that
/// each round has all of them.
/// </summary>
internal sealed class MemberScale(ScaleOptions options, string folder)
{
    /// <summary>Schools are small: sixteen of them are founded on each consortium.</summary>
    private static readonly WorldSize School = new(16, 8);

    private readonly List<(int Nodes, ulong Height, LoadFigures Figures)> measured = [];

    public bool IsWhole => measured.Count == options.Rounds * options.Nodes.Count
        && measured.All(entry => !entry.Figures.Partial);

    public IEnumerable<ScalePoint> Points => measured.GroupBy(entry => entry.Nodes).Select(rounds => ScalePoint.Of(
        ScaleKind.Validators, 0, rounds.First().Height, null, options.LoadAt(rounds.Key, LoadPlace.Leader),
        [.. rounds.Select(round => round.Figures)]));

    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity host = HostCapacity.Read();
        foreach (int nodes in options.Nodes)
        {
            host.RequireRoomFor(nodes, options.Clients);
        }

        host.RequireMemoryFor(options.Nodes.Sum());
        List<(BenchmarkConsortium Consortium, LoadSession Session)> running = [];
        try
        {
            foreach (int nodes in options.Nodes)
            {
                progress.Report(string.Create(CultureInfo.InvariantCulture, $"{nodes} validators start"));
                running.Add(await OpenAsync(nodes, interrupt));
            }

            for (int round = 1; round <= options.Rounds; round++)
            {
                foreach ((BenchmarkConsortium consortium, LoadSession session) in running)
                {
                    await consortium.Watch.GuardAsync(() =>
                        MeasureAsync(round, consortium, session, progress, interrupt));
                }
            }
        }
        finally
        {
            foreach ((BenchmarkConsortium consortium, _) in running)
            {
                await consortium.DisposeAsync();
            }
        }
    }

    private async Task<(BenchmarkConsortium, LoadSession)> OpenAsync(int nodes, CancellationToken interrupt)
    {
        string own = Path.Combine(folder, nodes.ToString(CultureInfo.InvariantCulture));
        BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(own, nodes, interrupt);
        try
        {
            LoadSession session = await LoadSession.OpenAsync(consortium, School, batch: 1, options.Seed, interrupt);
            await session.HeatAsync(HostLimits.Measure(own), interrupt);
            return (consortium, session);
        }
        catch
        {
            await consortium.DisposeAsync();
            throw;
        }
    }

    private async Task MeasureAsync(
        int round, BenchmarkConsortium consortium, LoadSession session, IProgress<string> progress,
        CancellationToken interrupt)
    {
        int nodes = consortium.Members.Count;
        HostLimits limits = HostLimits.Measure(consortium.Folder);
        LoadRound<LedgerCounters> result = await session.RunAsync(
            LoadDemand.Closed(LoadPlace.Leader, options.Clients), options.Times, limits, interrupt);
        limits = HostLimits.Around(limits, HostLimits.Measure(consortium.Folder));
        LoadFigures figures = LoadFigures.Of(result, limits, nodes, Environment.ProcessorCount);
        measured.Add((nodes, result.Before.Heights[0], figures));
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"{nodes} validators, ")
            + LoadText.LineOf(round, options.Clients, figures));
        interrupt.ThrowIfCancellationRequested();
    }
}
