namespace Ledger.Node.Snapshots;

/// <summary>Lets a burst through, and so many each second from then on.</summary>
public sealed class RateLimit(int burst, int perSecond, TimeProvider time)
{
    private readonly Lock gate = new();
    private double left = burst;
    private long since = time.GetTimestamp();

    /// <summary>Takes one; false where it is too soon.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            long now = time.GetTimestamp();
            left = Math.Min(burst, left + (time.GetElapsedTime(since, now).TotalSeconds * perSecond));
            since = now;
            if (left < 1)
            {
                return false;
            }

            left--;
            return true;
        }
    }
}
