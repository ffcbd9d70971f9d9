using Ledger.Node.Records;

namespace Ledger.Node.Erasure.Retention;

/// <summary>
/// Lists once a day what has been stored for longer than the period of its class, to be erased like anything else that
/// is listed. Used by one thread; what the last run did any thread may see.
/// </summary>
public sealed class RetentionJob(DueRecords due, ErasureOrders orders, TimeProvider time)
{
    /// <summary>Records of one order; what is left has its turn the next time.</summary>
    private const int OrderMax = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private volatile RetentionRun? last;

    /// <summary>The last run since the node began; null before the first.</summary>
    public RetentionRun? Last => last;

    /// <summary>Looks where a day has passed since it did.</summary>
    public void Look()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (last is { } before && now < before.Next)
        {
            return;
        }

        (string Class, RecordLocator Record)[] found =
        [
            .. due.Classes
                .SelectMany(one => due.At(one, now).Select(record => (one.Name, RecordLocator.Of(record))))
                .Take(OrderMax),
        ];
        if (found.Length > 0)
        {
            orders.OfDue(found.Select(static one => one.Record));
        }

        // What did not come into this order is due already.
        last = new RetentionRun(
            now,
            found.Length < OrderMax ? now + Every : now,
            found.GroupBy(static one => one.Class)
                .ToDictionary(static one => one.Key, static one => (ulong)one.Count(), StringComparer.Ordinal));
    }
}
