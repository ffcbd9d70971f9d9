namespace Ledger.Benchmarks.Running;

/// <summary>Calls something again and again, on a thread of its own: a pool that is busy does not hold it up.</summary>
public sealed class Metronome : IDisposable
{
    private readonly TimeSpan between;
    private readonly Action beat;
    private readonly Thread beating;
    private readonly object gate = new();
    private bool isStopping;

    /// <summary>Begins; the first call comes after the first pause.</summary>
    public Metronome(string name, TimeSpan between, Action beat)
    {
        this.between = between;
        this.beat = beat;
        beating = new Thread(Run) { IsBackground = true, Name = name };
        beating.Start();
    }

    /// <summary>Ends, after the call that is under way.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.Pulse(gate);
        }

        beating.Join();
    }

    private void Run()
    {
        while (Wait())
        {
            beat();
        }
    }

    private bool Wait()
    {
        lock (gate)
        {
            if (!isStopping)
            {
                Monitor.Wait(gate, between);
            }

            return !isStopping;
        }
    }
}
