using System.Diagnostics;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// The one thread that owns the kernel. Work comes in two queues: the node's own answers, which are never refused and
/// go first, and what peers say, of which each has a share and waits when it is full. Ticks follow a monotonic clock; a
/// pause does not make them burst.
/// </summary>
public sealed class KernelHost : IKernelQueue, IDisposable
{
    private const int TicksPerQuarterSecond = 250 / Ticks.MillisecondsPerTick;

    /// <summary>
    /// After a pause longer than this, missed ticks are forgotten, so that old timers do not fire together.
    /// </summary>
    private static readonly TimeSpan PauseForgotten = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(Ticks.MillisecondsPerTick);

    private readonly object gate = new();
    private readonly Queue<Action> own = new();
    private readonly PeerInbox inbox = new();
    private readonly Thread thread;
    private readonly Action<Exception> onFailure;
    private readonly Stopwatch clock = new();
    private ReplicaKernel? kernel;
    private Action? later;
    private TimeSpan laterAt;
    private TimeSpan nextTick = Tick;
    private int ticks;
    private long steps;
    private bool stopping;

    /// <summary>
    /// A host that calls <paramref name="onFailure"/> when the kernel's thread ends with an exception.
    /// </summary>
    public KernelHost(Action<Exception> onFailure)
    {
        this.onFailure = onFailure;
        thread = new Thread(Run) { Name = "kernel", IsBackground = true };
    }

    /// <summary>
    /// Changes with each piece of work that the thread begins and ends; odd while it has one in hand. Any thread may
    /// look.
    /// </summary>
    public long Steps => Interlocked.Read(ref steps);

    /// <summary>Work for the kernel's thread, four times a second.</summary>
    public Action EveryQuarterSecond { get; set; } = () => { };

    /// <summary>Starts the thread with a recovered kernel.</summary>
    public void Start(ReplicaKernel recovered)
    {
        kernel = recovered;
        thread.Start();
    }

    /// <summary>Queues an input of the node's own. Never waits.</summary>
    public void Post(Input input) => Post(() => kernel!.Handle(input));

    /// <summary>Queues a question to the kernel for its own thread. Never waits.</summary>
    public void Ask(Action<ReplicaKernel> question) => Post(() => question(kernel!));

    /// <inheritdoc/>
    public void Post(Action work)
    {
        lock (gate)
        {
            own.Enqueue(work);
            Monitor.Pulse(gate);
        }
    }

    /// <inheritdoc/>
    public void PostLater(TimeSpan wait, Action work)
    {
        later = work;
        laterAt = clock.Elapsed + wait;
    }

    /// <summary>Queues what a peer said, of so many bytes; waits while the share of this peer is full.</summary>
    public async ValueTask PostFromPeerAsync(Address from, Input input, int bytes, CancellationToken cancellation)
    {
        while (TryPost(from, input, bytes) is { } room)
        {
            await room.WaitAsync(cancellation);
        }
    }

    /// <summary>Ends the thread after the work in hand.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            stopping = true;
            Monitor.Pulse(gate);
        }

        if (thread.IsAlive && Thread.CurrentThread != thread)
        {
            thread.Join();
        }
    }

    private void Run()
    {
        try
        {
            clock.Start();
            while (Next((later is null || laterAt > nextTick ? nextTick : laterAt) - clock.Elapsed, out Action? work))
            {
                Interlocked.Increment(ref steps);
                try
                {
                    Step(work);
                }
                finally
                {
                    Interlocked.Increment(ref steps);
                }
            }
        }
        catch (Exception problem)
        {
            // The thread's edge: whatever broke, the process must not go on as if it agreed.
            onFailure(problem);
        }
    }

    // What came, what was put off until now, and what is due by the clock.
    private void Step(Action? work)
    {
        work?.Invoke();
        if (later is { } due && clock.Elapsed >= laterAt)
        {
            later = null;
            due();
        }

        if (clock.Elapsed >= nextTick)
        {
            LetHeldIn();
            kernel!.Handle(new Input.Tick());
            ticks = (ticks + 1) % TicksPerQuarterSecond;
            if (ticks == 0)
            {
                EveryQuarterSecond();
            }

            nextTick = clock.Elapsed - nextTick > PauseForgotten ? clock.Elapsed + Tick : nextTick + Tick;
        }
    }

    private Task? TryPost(Address from, Input input, int bytes)
    {
        lock (gate)
        {
            if (!inbox.TryAdd(from, input, bytes, out Task? room))
            {
                return room;
            }

            Monitor.Pulse(gate);
            return null;
        }
    }

    private void LetHeldIn()
    {
        lock (gate)
        {
            inbox.OnTick();
        }
    }

    /// <summary>The next piece of work, or null when it is time for a tick; false when the thread shall end.</summary>
    private bool Next(TimeSpan untilTick, out Action? work)
    {
        lock (gate)
        {
            work = null;
            if (!stopping && own.Count == 0 && inbox.IsEmpty && untilTick > TimeSpan.Zero)
            {
                Monitor.Wait(gate, WholeMilliseconds(untilTick));
            }

            if (stopping)
            {
                return false;
            }

            if (own.TryDequeue(out work))
            {
                return true;
            }

            work = inbox.TryTake(out Input? input) ? () => kernel!.Handle(input) : null;
            return true;
        }
    }

    // A wait is cut to whole milliseconds: rounded down, the last one before each tick would be a loop without rest.
    private static int WholeMilliseconds(TimeSpan time) =>
        (int)((time.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond);
}
