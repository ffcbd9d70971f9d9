using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Load;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.Benchmarks.Usage;
using Ledger.Devnet;

namespace Ledger.Benchmarks.Peers;

/// <summary>
/// The ledger and its peers under the same load: in each round every system in turn, beginning with another one each
/// time, while the others rest.
/// </summary>
public sealed class PeersRun(PeersOptions options, string folder)
{
    private readonly List<SystemRound> rounds = [];
    private readonly List<LoadFigures> chief = [];

    /// <summary>Every round of every system.</summary>
    public IReadOnlyList<SystemRound> Rounds => rounds;

    /// <summary>Medians over the rounds.</summary>
    public IReadOnlyList<SystemPoint> Points => [.. rounds.GroupBy(round => (round.System, round.Clients))
        .Select(point => SystemPoint.Of([.. point]))];

    /// <summary>
    /// The ledger with one record a transaction and the most clients, as of <c>bench load</c>: it stands for the run.
    /// Null until it was measured.
    /// </summary>
    public LoadPoint? Chief => chief.Count == 0
        ? null
        : LoadPoint.Of(
            new LoadOptions
            {
                Clients = options.Clients,
                Validators = DevnetPlan.NodesMin,
                Batch = 1,
                RatePerS = null,
                Times = options.Times,
                Rounds = options.Rounds,
                Seed = options.Seed,
                At = LoadPlace.Leader,
            },
            options.Clients.Max(), chief);

    /// <summary>Versions of the peers.</summary>
    public SortedDictionary<string, string> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>The host's limits, in the order of the rounds.</summary>
    public List<HostLimits> Limits { get; } = [];

    /// <summary>Median of an append with fdatasync where each peer keeps its data, in milliseconds.</summary>
    public SortedDictionary<string, double> FdatasyncMsOfPeers { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether everything was measured.</summary>
    public bool IsWhole => rounds.Count == options.Rounds * options.Clients.Count * (options.Systems.Count + 2)
        && rounds.All(round => !round.Partial);

    /// <summary>Measures. What was measured stays when the run ends early.</summary>
    public async Task RunAsync(IProgress<string> progress, CancellationToken interrupt)
    {
        HostCapacity.Read().RequireRoomFor(DevnetPlan.NodesMin, options.Clients.Max());
        Directory.CreateDirectory(folder);
        List<IPeer> peers = [];
        try
        {
            foreach (PeerKind kind in options.Systems)
            {
                peers.Add(await StartAsync(kind, interrupt));
                Versions[peers[^1].Name] = peers[^1].Version;
                FdatasyncMsOfPeers[peers[^1].Name] = SyncLatency.MedianMs(peers[^1].Folder);
                progress.Report($"{peers[^1].Name} {peers[^1].Version} runs");
            }

            string ledger = RunFolder.Of("bench");
            progress.Report($"{DevnetPlan.NodesMin} validators start in {ledger}");
            await using BenchmarkConsortium consortium = await BenchmarkConsortium.StartAsync(
                ledger, DevnetPlan.NodesMin, interrupt);
            await consortium.Watch.GuardAsync(() => MeasureAsync(consortium, peers, progress, interrupt));
        }
        finally
        {
            foreach (IPeer peer in peers)
            {
                await peer.DisposeAsync();
            }
        }
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
        await single.HeatAsync(HostLimits.Measure(folder), interrupt);
        List<(string System, Func<int, int, HostLimits, Task<SystemRound>> Load)> systems =
        [
            (SystemRound.LedgerSingle, (round, clients, limits) => LedgerAsync(
                SystemRound.LedgerSingle, single, round, clients, limits, interrupt)),
            (SystemRound.LedgerBatched, (round, clients, limits) => LedgerAsync(
                SystemRound.LedgerBatched, batched, round, clients, limits, interrupt)),
            .. peers.Select(peer => (peer.Name, (Func<int, int, HostLimits, Task<SystemRound>>)(
                (round, clients, _) => PeerAsync(peer, round, clients, interrupt)))),
        ];
        for (int round = 1; round <= options.Rounds; round++)
        {
            HostLimits limits = HostLimits.Measure(consortium.Folder);
            Limits.Add(limits);
            foreach (int clients in options.Clients)
            {
                for (int turn = 0; turn < systems.Count; turn++)
                {
                    SystemRound measured = await systems[(turn + round) % systems.Count].Load(round, clients, limits);
                    rounds.Add(measured);
                    progress.Report(PeersText.LineOf(measured));
                    interrupt.ThrowIfCancellationRequested();
                }
            }
        }

        await consortium.RequireEqualHeadsAsync(interrupt);
    }

    // At the leader, as the clients of etcd are.
    private async Task<SystemRound> LedgerAsync(
        string name, LoadSession session, int round, int clients, HostLimits limits, CancellationToken interrupt)
    {
        LoadRound<LedgerCounters> load = await session.RunAsync(
            LoadDemand.Closed(LoadPlace.Leader, clients), options.Times, limits, interrupt);
        if (session.Batch == 1 && clients == options.Clients.Max())
        {
            chief.Add(LoadFigures.Of(load, limits, DevnetPlan.NodesMin, Environment.ProcessorCount));
        }

        return SystemRound.Of(round, name, clients, load, counters => counters.Usage);
    }

    private async Task<SystemRound> PeerAsync(IPeer peer, int round, int clients, CancellationToken interrupt)
    {
        await using IPeerClients open = await peer.OpenAsync(clients, interrupt);
        int[] processes = [.. peer.Processes];
        try
        {
            return SystemRound.Of(
                round, peer.Name, clients,
                await LoadRound<UsageSnapshot>.RunAsync(
                    new ClosedLoop(open.All), clients, options.Times,
                    () => Task.FromResult(UsageSnapshot.Take(processes)), interrupt, CancellationToken.None),
                usage => usage);
        }
        catch (BenchmarkException)
        {
            peer.RequireRunning();
            throw;
        }
    }
}
