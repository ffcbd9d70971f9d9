using System.Diagnostics;

namespace Ledger.Benchmarks.Running;

/// <summary>
/// Notices that this process has stood still: suspended, or kept off the processors by others. What was measured
/// meanwhile says nothing of the nodes.
/// </summary>
public sealed class StandstillWatch : IDisposable
{
    /// <summary>
    /// A standstill of a second or more spoils a round; a busy scheduler takes a tenth of that at most.
    /// </summary>
    public static readonly TimeSpan Spoiling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly Thread watching;
    private readonly object gate = new();
    private bool isStopping;
    private long last = Stopwatch.GetTimestamp();
    private TimeSpan longest;

    /// <summary>Begins to watch, on a thread of its own: a pool that is busy is no standstill.</summary>
    public StandstillWatch()
    {
        watching = new Thread(Watch) { IsBackground = true, Name = "standstill" };
        watching.Start();
    }

    /// <summary>The longest standstill since this was asked last.</summary>
    public TimeSpan Take()
    {
        lock (gate)
        {
            Note();
            TimeSpan taken = longest;
            longest = TimeSpan.Zero;
            return taken;
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

        watching.Join();
    }

    private void Watch()
    {
        lock (gate)
        {
            while (!isStopping)
            {
                Monitor.Wait(gate, Between);
                Note();
            }
        }
    }

    private void Note()
    {
        long now = Stopwatch.GetTimestamp();
        TimeSpan passed = Stopwatch.GetElapsedTime(last, now) - Between;
        longest = passed > longest ? passed : longest;
        last = now;
    }
}
