using System.Text.Json.Nodes;
using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Results;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// The ledger and its peers under the same load: in each round every system in turn, beginning with another one each
/// time, while the others rest.
/// </summary>
public sealed class PeersRun(PeersOptions options, string folder, OperationCsv? operations) : IBenchmarkRun
{
    private readonly List<SystemRound> rounds = [];
    private readonly List<RunFigures> chief = [];
    private readonly SortedDictionary<string, string> versions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, double> fdatasyncMs = new(StringComparer.Ordinal);

    /// <summary>Whether everything was measured.</summary>
    public bool IsWhole => rounds.Count == options.Rounds * options.Clients.Count * (options.Systems.Count + 2)
        && rounds.All(round => !round.Partial);

    private IReadOnlyList<SystemPoint> Points => [.. rounds.GroupBy(round => (round.System, round.Clients))
        .Select(point => SystemPoint.Of([.. point]))];

    /// <inheritdoc/>
    public void Require()
    {
        HostCapacity host = HostCapacity.Read();
        host.RequireRoomFor(DevnetPlan.NodesMin, options.Clients.Max());
        if (options.Systems.Contains(PeerKind.Postgresql))
        {
            host.RequireServerProcesses(DevnetPlan.NodesMin, options.Clients.Max());
        }
    }

    /// <inheritdoc/>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        Directory.CreateDirectory(folder);
        List<IPeer> peers = [];
        try
        {
            foreach (PeerKind kind in options.Systems)
            {
                IPeer peer = await StartAsync(kind, interrupt);
                peers.Add(peer);
                versions[peer.Name] = peer.Version;
                fdatasyncMs[peer.Name] = SyncLatency.MedianMs(peer.Folder);
                progress.Report($"{peer.Name} {peer.Version} runs");
            }

            await BenchmarkConsortium.UseAsync(
                RunFolder.Of("bench"), DevnetPlan.NodesMin,
                consortium => MeasureAsync(consortium, peers, progress, interrupt), progress, interrupt);
        }
        finally
        {
            foreach (IPeer peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void Show() => PeersText.Write(Points, PeerRatios.Of(rounds));

    /// <summary>All points; every ratio stands at the top too.</summary>
    public JsonObject Report(RunContext context, bool isPartial)
    {
        IReadOnlyDictionary<string, MedianInterval> ratios = PeerRatios.Of(rounds);
        JsonObject report = ReportFile.Of(context, isPartial, chief.Count == 0 ? null : new PeersSummary
        {
            Run = RunFigures.MediansOf(chief),
            PayloadBytes = PeerValues.ValueBytes,
            Batch = options.Batch,
            Versions = versions,
            FdatasyncMsP50OfPeers = fdatasyncMs,
            Intervals = ratios,
        });
        foreach ((string name, MedianInterval ratio) in ratios)
        {
            report[name] = ratio.Median;
        }

        report[ReportFile.Points] = ResultJson.Node(Points);
        return report;
    }

    private async Task<IPeer> StartAsync(PeerKind kind, CancellationToken cancellation) => kind switch
    {
        PeerKind.Etcd => await EtcdCluster.StartAsync(folder, options.Seed, cancellation),
        PeerKind.Postgresql => await PostgresServer.StartAsync(options.Clients.Max(), options.Seed, cancellation),
        _ => throw new InvalidOperationException("a peer without a name"),
    };

    private async Task MeasureAsync(
        BenchmarkConsortium consortium, List<IPeer> peers, IProgress<string> progress, CancellationToken interrupt)
    {
        progress.Report("Schools enrol learners and open their contracts; nodes are driven until they are compiled");
        LoadSession single = await LoadSession.OpenAsync(
            consortium, WorldSize.Usual, batch: 1, options.Seed, interrupt);
        LoadSession batched = single.WithBatch(options.Batch, unchecked(options.Seed * 31));
        await single.HeatAsync(interrupt);
        Func<int, int, Task<SystemRound>>[] systems =
        [
            (round, clients) => LedgerAsync(SystemRound.LedgerSingle, single, round, clients, interrupt),
            (round, clients) => LedgerAsync(SystemRound.LedgerBatched, batched, round, clients, interrupt),
            .. peers.Select(peer => (Func<int, int, Task<SystemRound>>)(
                (round, clients) => PeerAsync(peer, round, clients, interrupt))),
        ];
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (int clients in options.Clients)
            {
                for (int turn = 0; turn < systems.Length; turn++)
                {
                    SystemRound measured = await systems[(turn + round) % systems.Length](round, clients);
                    rounds.Add(measured);
                    progress.Report(PeersText.LineOf(measured));
                    interrupt.ThrowIfCancellationRequested();
                    peers.ForEach(peer => peer.RequireRunning());
                }
            }
        }

        await consortium.RequireEqualHeadsAsync(interrupt);
    }

    // At the leader, as the clients of etcd are.
    private async Task<SystemRound> LedgerAsync(
        string name, LoadSession session, int round, int clients, CancellationToken interrupt)
    {
        MeasuredLoad load = await session.MeasureAsync(
            LoadDemand.Closed(LoadPlace.Leader, clients), options.Times, interrupt);
        operations?.Write(name, round, clients, load.Round);
        if (session.Batch == 1 && clients == options.Clients.Max())
        {
            chief.Add(load.Figures.Run);
        }

        return SystemRound.Of(round, name, clients, load.Round, counters => counters.Usage);
    }

    private async Task<SystemRound> PeerAsync(IPeer peer, int round, int clients, CancellationToken interrupt)
    {
        try
        {
            await using IPeerClients open = await peer.OpenAsync(clients, interrupt);
            int[] processes = [.. peer.Processes];
            LoadRound<UsageSnapshot> load = await LoadRound<UsageSnapshot>.RunAsync(
                new ClosedLoop(open.All), clients, options.Times,
                () => Task.FromResult(UsageSnapshot.Take(processes)), interrupt, CancellationToken.None);
            operations?.Write(peer.Name, round, clients, load);
            return SystemRound.Of(round, peer.Name, clients, load, usage => usage);
        }
        catch
        {
            peer.RequireRunning();
            throw;
        }
    }
}
