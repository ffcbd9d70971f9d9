using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;
using Ledger.Primitives;

namespace Ledger.Benchmarks.Load;

/// <summary>A consortium with schools that are ready to insert records, and loads on it, one after the other.</summary>
public sealed class LoadSession
{
    /// <summary>Clients of the heating: as many as keep every part of a node busy.</summary>
    private const int HeatClients = 64;

    /// <summary>Clients that write fast what is not measured.</summary>
    public const int WriteClients = 64;

    /// <summary>
    /// Schools that are founded at once: with sixteen nodes on a few processors all together would take longer than a
    /// call may.
    /// </summary>
    private const int FoundedAtOnce = 4;

    /// <summary>After this long the compiler has no more work in the background.</summary>
    private static readonly TimeSpan HeatSpan = TimeSpan.FromSeconds(10);

    private readonly BenchmarkConsortium consortium;
    private readonly IReadOnlyList<TransactionSupply> supplies;
    private readonly int batch;
    private readonly Dictionary<LoadDemand, double> seenTxPerS = [];

    private LoadSession(BenchmarkConsortium consortium, IReadOnlyList<TransactionSupply> supplies, int batch)
    {
        this.consortium = consortium;
        this.supplies = supplies;
        this.batch = batch;
    }

    /// <summary>Insertions of a transaction.</summary>
    public int Batch => batch;

    /// <summary>Records that its loads have brought onto the ledger so far.</summary>
    public long RecordsWritten { get; private set; }

    /// <summary>Founds schools at all nodes.</summary>
    public static Task<LoadSession> OpenAsync(
        BenchmarkConsortium consortium, WorldSize size, int batch, ulong seed, CancellationToken cancellation) =>
        OpenAsync(consortium, consortium.Members, size, batch, seed, cancellation);

    /// <summary>
    /// Founds schools of some members. Where that is not all of them, the place of a load can only be all.
    /// </summary>
    public static async Task<LoadSession> OpenAsync(
        BenchmarkConsortium consortium,
        IEnumerable<BenchmarkMember> members,
        WorldSize size,
        int batch,
        ulong seed,
        CancellationToken cancellation)
    {
        List<SchoolWorld> worlds = [];
        foreach (BenchmarkMember[] some in members.Chunk(FoundedAtOnce))
        {
            worlds.AddRange(await Task.WhenAll(some.Select(member =>
                SchoolWorld.FoundAsync(consortium.ChainId, member, size, cancellation))));
        }

        return new LoadSession(
            consortium,
            [.. worlds.Select((world, place) => new TransactionSupply(
                world,
                consortium.ChainId,
                new RecordInsertions(unchecked(seed + (ulong)place), world.Learners, world.Verbs),
                new TransactionShape(batch, RecordsOfInsertion: 1)))],
            batch);
    }

    /// <summary>
    /// The same schools with transactions of another size; the seed must be another too, as a record is inserted once.
    /// </summary>
    public LoadSession WithBatch(int other, ulong seed) => new(
        consortium,
        [.. supplies.Select((supply, place) => supply.WithBatch(other, unchecked(seed + (ulong)place)))],
        other);

    /// <summary>
    /// Runs one load, and measures what the host bears before and after it, while the nodes rest.
    /// </summary>
    /// <param name="demand">What the clients do.</param>
    /// <param name="times">Phases.</param>
    /// <param name="interrupt">Ends the load early.</param>
    public async Task<MeasuredLoad> MeasureAsync(LoadDemand demand, LoadTimes times, CancellationToken interrupt)
    {
        HostLimits before = HostLimits.Measure(consortium.Folder);
        LoadRound<LedgerCounters> round = await RunAsync(demand, times, before, interrupt);
        HostLimits limits = HostLimits.Around(before, HostLimits.Measure(consortium.Folder));
        return new MeasuredLoad(round, limits, LoadFigures.Of(round, demand.Clients, limits));
    }

    /// <summary>
    /// Drives the nodes for a while and counts nothing: their code is compiled, and their caches have seen the work.
    /// </summary>
    public async Task HeatAsync(CancellationToken interrupt) => await RunAsync(
        LoadDemand.Closed(LoadPlace.All, HeatClients), new LoadTimes(HeatSpan / 2, HeatSpan / 2),
        HostLimits.Measure(consortium.Folder), interrupt);

    /// <summary>Writes so many transactions of a school as fast as they are taken, and answers their ids.</summary>
    public async Task<IReadOnlyList<Hash256>> WriteAsync(
        TransactionSupply supply, int transactions, int clients, CancellationToken interrupt)
    {
        supply.Renew(transactions, interrupt);
        IReadOnlyList<Hash256> ids = supply.Ids();
        await using LaneSet lanes = new([supply], clients);
        SampleBook book = new(clients);
        await new ClosedLoop(lanes.Clients).RunAsync(book, interrupt, consortium.Watch.Ended);
        RecordsWritten += book.Drain().Sum(static sample => (long)sample.Records);
        interrupt.ThrowIfCancellationRequested();
        return ids;
    }

    /// <summary>The supplies of the schools at whose nodes the clients hand in.</summary>
    public async Task<IReadOnlyList<TransactionSupply>> SuppliesAsync(
        LoadPlace at, CancellationToken cancellation)
    {
        if (at == LoadPlace.All)
        {
            return supplies;
        }

        Invariant.That(supplies.Count == consortium.Members.Count, "every node has a school");
        int leader = await consortium.LeaderAsync(cancellation);
        return at switch
        {
            LoadPlace.Leader => [supplies[leader]],
            LoadPlace.Follower => [supplies[(leader + 1) % supplies.Count]],
            LoadPlace.All => supplies,
            _ => throw new InvalidOperationException("a place without a name"),
        };
    }

    // Prepares transactions, opens clients, and runs one load.
    private async Task<LoadRound<LedgerCounters>> RunAsync(
        LoadDemand demand, LoadTimes times, HostLimits limits, CancellationToken interrupt)
    {
        IReadOnlyList<TransactionSupply> used = await SuppliesAsync(demand.At, interrupt);
        int count = SupplyPlan.CountOf(
            demand.Clients, batch, times, limits.LimitTxPerS(consortium.Members.Count), demand.OfferedTxPerS,
            seenTxPerS.TryGetValue(demand, out double seen) ? seen : null);
        foreach (TransactionSupply supply in used)
        {
            supply.Renew((count / used.Count) + demand.Clients, interrupt);
        }

        await using LaneSet lanes = new(used, demand.Streams);
        ILoadClient[] clients = [.. Enumerable.Range(0, demand.Clients)
            .Select(place => lanes.Clients[place % lanes.Clients.Count])];
        ILoadPattern pattern = demand.OfferedTxPerS is { } rate
            ? new OpenLoop(clients, rate)
            : new ClosedLoop(clients);
        LoadRound<LedgerCounters> round = await LoadRound<LedgerCounters>.RunAsync(
            pattern, clients.Length, times, () => LedgerCounters.TakeAsync(consortium, consortium.Watch.Ended),
            interrupt, consortium.Watch.Ended);
        RecordsWritten += round.Samples.Sum(static sample => (long)sample.Records);
        seenTxPerS[demand] = LoadMeasure.Of(round.Samples, round.Window).OperationsPerS;
        return round;
    }
}
