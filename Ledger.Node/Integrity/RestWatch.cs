namespace Ledger.Node.Integrity;

/// <summary>
/// Tells when a node that has worked has come to rest: then what the work left in memory can be given back, which would
/// take a part of a second from work. Not thread-safe.
/// </summary>
/// <param name="now">A monotonic time.</param>
/// <param name="processorTime">What the process has used of the processors until then.</param>
public sealed class RestWatch(TimeSpan now, TimeSpan processorTime)
{
    /// <summary>For so long a node has to be at rest.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Work of less than this leaves little behind.</summary>
    public static readonly TimeSpan WorkMin = TimeSpan.FromSeconds(3);

    /// <summary>At rest less than one part in this many of one processor is used: timers, looks at the disk.</summary>
    private const int RestShare = 10;

    private TimeSpan spanBegan = now;
    private TimeSpan spanUsed = processorTime;
    private TimeSpan worked;

    /// <summary>Whether memory is to be given back now. Asked about once a second.</summary>
    public bool IsDue(TimeSpan now, TimeSpan processorTime)
    {
        TimeSpan span = now - spanBegan;
        if (span < Rest)
        {
            return false;
        }

        TimeSpan used = processorTime - spanUsed;
        spanBegan = now;
        spanUsed = processorTime;
        if (used * RestShare >= span)
        {
            worked += used;
            return false;
        }

        bool isDue = worked >= WorkMin;
        worked = isDue ? TimeSpan.Zero : worked;
        return isDue;
    }
}
