using Ledger.Node.Records;

namespace Ledger.Node.Erasure.Retention;

/// <summary>
/// Lists once a day what has been stored for longer than the period of its class, to be erased like anything else that
/// is listed. Used by one thread.
/// </summary>
public sealed class RetentionJob(
    RecordStore store, RetentionDocument periods, ErasureOrders orders, TimeProvider time)
{
    /// <summary>Records of one order; what is left has its turn the next time.</summary>
    private const int OrderMax = 10_000;

    private static readonly TimeSpan Every = TimeSpan.FromDays(1);

    private readonly HashSet<string> named = [.. periods.Classes.SelectMany(static one => one.Verbs)];
    private DateTimeOffset? last;

    /// <summary>Looks where a day has passed since it did.</summary>
    public void Look()
    {
        DateTimeOffset now = time.GetUtcNow();
        if (last is { } before && now - before < Every)
        {
            return;
        }

        RecordLocator[] due = [.. Due(now).Take(OrderMax)];
        if (due.Length > 0)
        {
            orders.OfDue(due);
        }

        // What did not come into this order is due already.
        last = due.Length < OrderMax ? now : null;
    }

    private IEnumerable<RecordLocator> Due(DateTimeOffset now)
    {
        foreach (RetentionClass one in periods.Classes)
        {
            foreach (RecordLocator record in one.Verbs.SelectMany(verb => Stored(verb, now.AddDays(-one.Days))))
            {
                yield return record;
            }
        }

        if (periods.OtherDays > 0)
        {
            foreach (RecordLocator record in Stored(null, now.AddDays(-periods.OtherDays)))
            {
                yield return record;
            }
        }
    }

    private IEnumerable<RecordLocator> Stored(string? verb, DateTimeOffset until)
    {
        long? after = null;
        while (true)
        {
            IReadOnlyList<StoredRecord> page = store.List(new RecordQuery(
                null, null, verb, null, until, after, Ascending: true, RecordQuery.LimitMax));
            foreach (StoredRecord record in page.Where(record => verb is not null || !named.Contains(record.VerbIri)))
            {
                yield return RecordLocator.Of(record);
            }

            if (page.Count < RecordQuery.LimitMax)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }
}
