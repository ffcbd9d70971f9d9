using System.Threading.Channels;
using Ledger.Contracts.Execution;
using Ledger.Node.Chain;
using Ledger.Node.Agreement;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Copies;

/// <summary>
/// Removes copies whose right has ended: after each block, and each minute for what time alone ends. It begins with
/// what ended while the node was down.
/// </summary>
public sealed class CopyKeeper : IAsyncDisposable
{
    /// <summary>What ends by time is removed within this.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>A busy ledger decides many blocks a second; the copies are looked through once.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Address self;
    private readonly ChainState chain;
    private readonly CopyStore store;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Channel<bool> decided = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;

    /// <summary>Takes what it looks after; it begins with <see cref="Start"/>.</summary>
    public CopyKeeper(Address self, ChainState chain, CopyStore store, TimeProvider time, ILogger logger)
    {
        this.self = self;
        this.chain = chain;
        this.store = store;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>Ends what else a node keeps by its rights, at a head and a time.</summary>
    public Action<LedgerHead, long> EndAlso { get; init; } = static (_, _) => { };

    /// <summary>Raised after copies were removed, with how many.</summary>
    public event Action<long>? Removed;

    /// <summary>Begins.</summary>
    public void Start()
    {
        chain.Decided += OnDecided;
        running = Task.Run(RunAsync);
    }

    /// <summary>Removes what no right keeps any more; returns how many copies.</summary>
    public long Sweep()
    {
        long removed = store.EndRetention(time.GetUtcNow().ToUnixTimeMilliseconds());
        LedgerHead head = chain.Head;
        long now = Math.Max(head.Header.TimeUnixMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach ((CopyGroupName group, _, _) in store.Groups())
        {
            if (!CopyRights.Holds(head.State, group, self, now))
            {
                removed += store.End(group, now);
            }
        }

        if (removed > 0 && !store.ScrubKeys())
        {
            logger.LogWarning("somebody reads the file of keys, which holds keys of copies that ended for longer");
        }

        EndAlso(head, now);
        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        chain.Decided -= OnDecided;
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private void OnDecided(ExecutedBlock block) => decided.Writer.TryWrite(true);

    private async Task RunAsync()
    {
        do
        {
            TrySweep();
        }
        while (await WaitAsync());
    }

    private void TrySweep()
    {
        try
        {
            long removed = Sweep();
            if (removed > 0)
            {
                Removed?.Invoke(removed);
            }
        }
        catch (Exception problem) when (problem is SqliteException or SealDamagedException)
        {
            logger.LogError(problem, "copies whose right has ended cannot be removed: {Message}", problem.Message);
        }
    }

    // Until a block is decided or the minute is over; false when the node stops.
    private async Task<bool> WaitAsync()
    {
        using CancellationTokenSource patience = new(Interval, time);
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping.Token);
        try
        {
            await Task.Delay(Rest, time, either.Token);
            await decided.Reader.ReadAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return !stopping.IsCancellationRequested;
        }
    }
}
