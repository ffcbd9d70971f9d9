using Ledger.Node.Records;

namespace Ledger.Node.Erasure.Retention;

/// <summary>Finds which records fall due when, by the period of their class.</summary>
public sealed class DueRecords
{
    /// <summary>The name of the class of all records whose verbs are in no other.</summary>
    public const string OtherName = "other";

    private readonly RecordStore store;
    private readonly HashSet<string> named;

    /// <summary>Looks for them in a store.</summary>
    public DueRecords(RecordStore store, RetentionDocument periods)
    {
        this.store = store;
        named = [.. periods.Classes.SelectMany(static one => one.Verbs)];
        Classes = periods.OtherDays == 0
            ? periods.Classes
            : [.. periods.Classes, new RetentionClass(OtherName, [], periods.OtherDays)];
    }

    /// <summary>The classes with a period; that of all other records is the last, and names no verb.</summary>
    public IReadOnlyList<RetentionClass> Classes { get; }

    /// <summary>Records of a class that are due at a time; of each verb in the order of their storing.</summary>
    public IEnumerable<StoredRecord> At(RetentionClass one, DateTimeOffset time)
    {
        DateTimeOffset until = time.AddDays(-one.Days);
        return one.Verbs.Count == 0
            ? Stored(null, until).Where(record => !named.Contains(record.VerbIri))
            : one.Verbs.SelectMany(verb => Stored(verb, until));
    }

    private IEnumerable<StoredRecord> Stored(string? verb, DateTimeOffset until)
    {
        long? after = null;
        while (true)
        {
            IReadOnlyList<StoredRecord> page = store.List(new RecordQuery(
                null, null, verb, null, until, after, Ascending: true, RecordQuery.LimitMax));
            foreach (StoredRecord record in page)
            {
                yield return record;
            }

            if (page.Count < RecordQuery.LimitMax)
            {
                yield break;
            }

            after = page[^1].Sequence;
        }
    }
}
