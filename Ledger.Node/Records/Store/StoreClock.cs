namespace Ledger.Node.Records;

/// <summary>
/// The times of storing, in milliseconds since 1970: each transaction has a later one than the one before, whatever
/// the system's clock does. And the time up to which everything can be read: it is never before what has been
/// acknowledged, and never at or beyond what is still being written.
/// </summary>
public sealed class StoreClock
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private long last;
    private long promised;
    private long? pending;

    /// <summary>Goes on after the last time that is stored, in milliseconds since 1970.</summary>
    public StoreClock(TimeProvider clock, long last)
    {
        this.clock = clock;
        this.last = last;
        promised = long.MinValue;
    }

    /// <summary>The time of a transaction that begins; one is under way at a time.</summary>
    public long Begin()
    {
        lock (gate)
        {
            long beyond = Math.Max(last, promised) + 1;
            pending = Math.Max(Now(), beyond);
            return pending.Value;
        }
    }

    /// <summary>The transaction has ended; what is committed counts from now on.</summary>
    public void End(StoreEnding ending)
    {
        lock (gate)
        {
            last = ending != StoreEnding.Undone && pending is { } stored ? stored : last;

            // What may yet be found committed holds the consistent time back until the next transaction: that one has
            // the writer's lock, so that the connection before it has ended.
            pending = ending == StoreEnding.Unknown ? pending : null;
        }
    }

    /// <summary>Everything that was or will be stored at this time or before can be read now.</summary>
    public DateTimeOffset Through()
    {
        lock (gate)
        {
            long through = pending is { } stored ? stored - 1 : Math.Max(Now(), last);
            promised = Math.Max(promised, through);
            return DateTimeOffset.FromUnixTimeMilliseconds(through);
        }
    }

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
