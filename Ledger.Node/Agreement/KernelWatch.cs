using System.Diagnostics;

namespace Ledger.Node.Agreement;

/// <summary>
/// Looks once a second whether the kernel's thread comes back from the work it has in hand. A disk, or the library that
/// writes to it, may never return; such a node neither votes nor follows while everything else of it answers. It says
/// so, and at last ends the process: started again, it goes on from what is on disk. It counts its own looks, a second
/// apart, and not the time that passed, so that a process that was suspended is not taken for one that is stuck.
/// </summary>
/// <param name="steps">Of the host: changes with each piece of work, and is odd while one is in hand.</param>
/// <param name="onStuck">Ends the process.</param>
/// <param name="logger">Where it says so.</param>
public sealed class KernelWatch(Func<long> steps, Action<Exception> onStuck, ILogger logger) : IDisposable
{
    /// <summary>Seconds: longer than the largest block takes, and than a writer waits for a slow disk.</summary>
    public const int SecondsBeforeSaying = 10;

    /// <summary>
    /// Seconds: others agree meanwhile, and a disk on a network that changes over, for two minutes, is better waited
    /// for.
    /// </summary>
    public const int SecondsBeforeEnding = 180;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    private readonly object gate = new();
    private Thread? looking;
    private bool isStopping;
    private long seen;
    private volatile int looks;

    /// <summary>Seconds for which the thread has not come back; 0 while it does.</summary>
    public int StuckSeconds => looks >= SecondsBeforeSaying ? looks : 0;

    /// <summary>
    /// Begins to look, on a thread of its own: a pool whose workers all wait for the kernel is no help.
    /// </summary>
    public void Start()
    {
        looking = new Thread(Run) { IsBackground = true, Name = "watch" };
        looking.Start();
    }

    /// <summary>One look, as once a second.</summary>
    public void Look()
    {
        long now = steps();
        bool isSame = now == seen && now % 2 != 0;
        seen = now;
        if (!isSame)
        {
            if (StuckSeconds > 0)
            {
                logger.LogWarning("This node goes on after {Seconds} s.", looks);
            }

            looks = 0;
            return;
        }

        looks++;
        if (looks == SecondsBeforeSaying)
        {
            logger.LogError(
                "This node neither votes nor follows: one piece of work has not ended for {Seconds} s, most likely "
                + "because of the disk. After {Ending} s the node ends.",
                looks, SecondsBeforeEnding);
        }
        else if (looks == SecondsBeforeEnding)
        {
            onStuck(new KernelStuckException(looks));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.Pulse(gate);
        }

        if (Thread.CurrentThread != looking)
        {
            looking?.Join();
        }
    }

    private void Run()
    {
        long looked = Stopwatch.GetTimestamp();
        while (IsWanted())
        {
            // A wait may end before its time, and where clocks are tampered with it does each time: that is no second.
            if (Stopwatch.GetElapsedTime(looked) >= Between * 0.9)
            {
                looked = Stopwatch.GetTimestamp();
                Look();
            }
        }
    }

    // False when it was disposed meanwhile.
    private bool IsWanted()
    {
        lock (gate)
        {
            if (!isStopping)
            {
                Monitor.Wait(gate, Between);
            }

            return !isStopping;
        }
    }
}
