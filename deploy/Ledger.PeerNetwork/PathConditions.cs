namespace Ledger.PeerNetwork;

/// <summary>How it fares what travels from one node to another. Changes take effect at once; thread-safe.</summary>
public sealed class PathConditions
{
    private readonly Lock gate = new();
    private TaskCompletionSource? held;
    private TimeSpan delay;
    private int bytesPerSecond;

    /// <summary>How long each piece takes.</summary>
    public TimeSpan Delay
    {
        get
        {
            lock (gate)
            {
                return delay;
            }
        }

        set
        {
            lock (gate)
            {
                delay = value;
            }
        }
    }

    /// <summary>How much gets through; 0 for any amount.</summary>
    public int BytesPerSecond
    {
        get
        {
            lock (gate)
            {
                return bytesPerSecond;
            }
        }

        set
        {
            lock (gate)
            {
                bytesPerSecond = value;
            }
        }
    }

    /// <summary>
    /// Lets nothing through. Connections stay open and tell nobody, as where a cable is cut; what is sent waits.
    /// </summary>
    public void Hold()
    {
        lock (gate)
        {
            held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Lets through again, first what waited.</summary>
    public void Release()
    {
        lock (gate)
        {
            held?.SetResult();
            held = null;
        }
    }

    /// <summary>Waits while nothing gets through.</summary>
    internal Task PassAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return held?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;
        }
    }
}
