using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Integrity;

/// <summary>
/// What keeps a running node's store whole: a look at the free space and a step of the scrub in turn, questions to
/// the peers for what is damaged, and memory that nothing uses given back.
/// </summary>
public sealed class StoreCare : IAsyncDisposable
{
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(1);

    /// <summary>A disk fills at some 100 MB/s at most; half of the least reserve lasts as long.</summary>
    private const int StepsPerLook = 5;

    private readonly DiskGuard disk;
    private readonly Scrubber scrubber;
    private readonly BlockHealer healer;
    private readonly Action<Exception> onFailure;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task running;

    /// <summary>Begins. <paramref name="onFailure"/> is called when the process must end.</summary>
    public StoreCare(
        LedgerDatabase database,
        DiskGuard disk,
        Scrubber scrubber,
        BlockHealer healer,
        Func<IReadOnlyList<Address>> peers,
        Action<Address, ulong> ask,
        Action<Exception> onFailure,
        TimeProvider time)
    {
        this.disk = disk;
        this.scrubber = scrubber;
        this.healer = healer;
        this.onFailure = onFailure;
        running = Task.Run(() => RunAsync(new MemoryCare(database, time), peers, ask, time));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync(
        MemoryCare memory, Func<IReadOnlyList<Address>> peers, Action<Address, ulong> ask, TimeProvider time)
    {
        try
        {
            using PeriodicTimer timer = new(StepTime, time);
            for (long step = 0; await timer.WaitForNextTickAsync(stopping.Token); step++)
            {
                if (step % StepsPerLook == 0)
                {
                    disk.Look();
                }

                memory.Look();
                if (disk.Stop() is { } full)
                {
                    onFailure(full);
                    return;
                }

                scrubber.Step(time);
                healer.AskDue(peers(), ask);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The node stops.
        }
        catch (Exception problem)
        {
            // The task's edge: without this care the node must not go on as if its store were watched.
            onFailure(problem);
        }
    }
}
