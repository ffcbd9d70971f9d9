using Ledger.Benchmarks.Limits;
using Ledger.Benchmarks.Payload;
using Ledger.Benchmarks.Running;

namespace Ledger.Benchmarks.Load;

/// <summary>A consortium with schools that are ready to insert records, and loads on it, one after the other.</summary>
public sealed class LoadSession
{
    private readonly BenchmarkConsortium consortium;
    private readonly IReadOnlyList<TransactionSupply> supplies;
    private readonly int batch;
    private readonly Dictionary<int, double> seenTxPerS = [];

    private LoadSession(BenchmarkConsortium consortium, IReadOnlyList<TransactionSupply> supplies, int batch)
    {
        this.consortium = consortium;
        this.supplies = supplies;
        this.batch = batch;
    }

    /// <summary>Founds schools at all nodes.</summary>
    public static async Task<LoadSession> OpenAsync(
        BenchmarkConsortium consortium, WorldSize size, int batch, ulong seed, CancellationToken cancellation)
    {
        SchoolWorld[] worlds = await Task.WhenAll(consortium.Members.Select(member =>
            SchoolWorld.FoundAsync(consortium.ChainId, member, size, cancellation)));
        return new LoadSession(
            consortium,
            [.. worlds.Select((world, place) => new TransactionSupply(
                world,
                consortium.ChainId,
                new RecordInsertions(unchecked(seed + (ulong)place), world.Learners, world.Verbs),
                batch))],
            batch);
    }

    /// <summary>Prepares transactions, opens clients, and runs one load.</summary>
    /// <param name="at">Where the clients hand in.</param>
    /// <param name="clients">How many.</param>
    /// <param name="offeredTxPerS">The rate of an open loop, or null for a closed one.</param>
    /// <param name="times">Phases.</param>
    /// <param name="limits">What the host bears.</param>
    /// <param name="interrupt">Ends the load early.</param>
    public async Task<LoadRound<LedgerCounters>> RunAsync(
        LoadPlace at,
        int clients,
        double? offeredTxPerS,
        LoadTimes times,
        HostLimits limits,
        CancellationToken interrupt)
    {
        IReadOnlyList<TransactionSupply> used = await SuppliesAsync(at, interrupt);
        int count = SupplyPlan.CountOf(
            clients, batch, times, limits.LimitTxPerS(consortium.Members.Count), offeredTxPerS,
            seenTxPerS.TryGetValue(clients, out double seen) ? seen : null);
        foreach (TransactionSupply supply in used)
        {
            supply.Renew((count / used.Count) + clients, interrupt);
        }

        await using LaneSet lanes = new(used, clients);
        ILoadPattern pattern = offeredTxPerS is { } rate
            ? new OpenLoop(lanes.Clients, rate)
            : new ClosedLoop(lanes.Clients);
        LoadRound<LedgerCounters> round = await LoadRound<LedgerCounters>.RunAsync(
            pattern, clients, times, () => LedgerCounters.TakeAsync(consortium, consortium.Watch.Ended),
            interrupt, consortium.Watch.Ended);
        seenTxPerS[clients] = LoadMeasure.Of(round.Samples, round.Window).OperationsPerS;
        return round;
    }

    /// <summary>The supplies of the schools at whose nodes the clients hand in.</summary>
    public async Task<IReadOnlyList<TransactionSupply>> SuppliesAsync(
        LoadPlace at, CancellationToken cancellation)
    {
        int leader = await consortium.LeaderAsync(cancellation);
        return at switch
        {
            LoadPlace.Leader => [supplies[leader]],
            LoadPlace.Follower => [supplies[(leader + 1) % supplies.Count]],
            LoadPlace.All => supplies,
            _ => throw new InvalidOperationException("a place without a name"),
        };
    }
}
