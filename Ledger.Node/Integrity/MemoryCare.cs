using Ledger.Node.Storage;

namespace Ledger.Node.Integrity;

/// <summary>
/// Gives memory back to the system that nothing uses: what the database has freed now and then, and what a time of work
/// left in the runtime's heap and for the next batch once the node is at rest. The runtime by itself keeps it until
/// there is work again.
/// </summary>
public sealed class MemoryCare(LedgerDatabase database, TimeProvider time)
{
    /// <summary>What the database has freed meanwhile is a few megabytes under full load.</summary>
    private static readonly TimeSpan DatabaseInterval = TimeSpan.FromMinutes(1);

    private readonly RestWatch rest = new(time.GetElapsedTime(0), Environment.CpuUsage.TotalTime);
    private TimeSpan databaseGaveBackAt = time.GetElapsedTime(0);

    /// <summary>Looks whether anything is due. Called about once a second.</summary>
    public void Look()
    {
        TimeSpan now = time.GetElapsedTime(0);
        bool isAtRest = rest.IsDue(now, Environment.CpuUsage.TotalTime);
        if (!isAtRest && now - databaseGaveBackAt < DatabaseInterval)
        {
            return;
        }

        if (isAtRest)
        {
            database.FreeBatchMemory();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        databaseGaveBackAt = now;
        NativeHeap.GiveBack();
    }
}
