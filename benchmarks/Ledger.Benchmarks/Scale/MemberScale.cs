using System.Globalization;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Scale;

/// <summary>
/// The same load on consortia of different sizes, which all run for the whole time and are driven in turn, so that
/// each round has all of them.
/// </summary>
internal sealed class MemberScale(ScaleOptions options, string folder, OperationCsv? operations)
{
    /// <summary>Schools are small: sixteen of them are founded on each consortium.</summary>
    private static readonly WorldSize School = new(16, 8);

    /// <summary>In a heating of sixteen nodes few of them come to call what they call often enough.</summary>
    private const int Heatings = 2;

    private readonly RoundBook<int, (ulong Height, LoadFigures Figures)> measured = new(
        options.Nodes, options.Rounds, static round => round.Figures.Partial);

    public bool IsWhole => measured.IsWhole;

    public IReadOnlyList<ScalePoint> Points => measured.Points((_, rounds) => ScalePoint.Of(
        ScaleKind.Validators, 0, rounds[0].Height, null, LoadPlace.Leader,
        [.. rounds.Select(round => round.Figures)]));

    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
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
            // Sixteen nodes on a few processors that compile their code while they agree are too slow to agree.
            DevnetNode[] all = [.. consortium.Members.Select(member => member.Node)];
            await NodesAtRest.WaitAsync(all, interrupt);
            LoadSession session = await LoadSession.OpenAsync(consortium, School, batch: 1, options.Seed, interrupt);
            for (int heating = 0; heating < Heatings; heating++)
            {
                await NodesAtRest.WaitAsync(all, interrupt);
                await session.HeatAsync(interrupt);
            }

            await NodesAtRest.WaitAsync(all, interrupt);
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
        MeasuredLoad load = await session.MeasureAsync(
            LoadDemand.Closed(LoadPlace.Leader, options.Clients), options.Times, interrupt);
        measured.Add(nodes, (load.Round.Before.Heights[0], load.Figures));
        operations?.Write(
            FormattableString.Invariant($"{nodes}-validators"), round, options.Clients, load.Round);
        progress.Report(string.Create(CultureInfo.InvariantCulture, $"{nodes} validators, ")
            + LoadText.LineOf(round, load.Figures));
        interrupt.ThrowIfCancellationRequested();
    }
}
