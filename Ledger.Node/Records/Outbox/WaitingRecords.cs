using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>
/// Reads what waits in the outbox, in the order of intake. Records whose key was erased do not wait any more, and
/// damaged ones are passed over. Used under the writer's lock.
/// </summary>
internal sealed class WaitingRecords : IDisposable
{
    private readonly RecordRows rows;
    private readonly WaitingNames names;
    private readonly PreparedStatement records;
    private readonly PreparedStatement keys;

    public WaitingRecords(DbConnection connection, StoreSeals seals)
    {
        rows = new RecordRows(seals);
        names = new WaitingNames(connection, seals);
        records = new PreparedStatement(
            connection,
            $"""
            SELECT {RecordRows.Columns} FROM outbox o JOIN records r ON r.sequence = o.sequence
            WHERE o.sequence > @after ORDER BY o.sequence LIMIT @limit
            """,
            "@after", "@limit");
        keys = new PreparedStatement(
            connection,
            """
            SELECT r.sequence, r.actor, r.verb, r.stored_ms FROM outbox o JOIN records r ON r.sequence = o.sequence
            WHERE o.sequence > @after ORDER BY o.sequence LIMIT @limit
            """,
            "@after", "@limit");
    }

    /// <summary>The records of a page.</summary>
    public IReadOnlyList<StoredRecord> Records(long afterSequence, int limit) => PageAfter(
        afterSequence,
        after => rows.ReadAll(records.Rows(null, after, (long)limit)),
        static record => record.Sequence,
        static record => record.IsReadable ? record : null);

    /// <summary>Whose they are.</summary>
    public IReadOnlyList<PendingKey> Keys(long afterSequence, int limit) => PageAfter(
        afterSequence,
        after => Read(keys.Rows(null, after, (long)limit)),
        static row => row.Sequence,
        row => names.Of(row.Sequence, row.Actor, row.Verb) is { } named
            ? new PendingKey(row.Sequence, named.Actor, named.Verb, row.Stored)
            : null);

    /// <summary>Releases the statements.</summary>
    public void Dispose()
    {
        records.Dispose();
        keys.Dispose();
        names.Dispose();
    }

    // A page of which nothing is left is not the last one.
    private static IReadOnlyList<TWanted> PageAfter<TRow, TWanted>(
        long after,
        Func<long, IReadOnlyList<TRow>> read,
        Func<TRow, long> sequenceOf,
        Func<TRow, TWanted?> want)
        where TWanted : class
    {
        while (true)
        {
            IReadOnlyList<TRow> page = read(after);
            TWanted[] wanted = [.. page.Select(want).OfType<TWanted>()];
            if (page.Count == 0 || wanted.Length > 0)
            {
                return wanted;
            }

            after = sequenceOf(page[^1]);
        }
    }

    private static IReadOnlyList<Row> Read(DbDataReader found)
    {
        using (found)
        {
            List<Row> read = [];
            while (found.Read())
            {
                read.Add(new Row(
                    found.GetInt64(0),
                    SearchKey.Of(found.GetFieldValue<byte[]>(1)),
                    SearchKey.Of(found.GetFieldValue<byte[]>(2)),
                    DateTimeOffset.FromUnixTimeMilliseconds(found.GetInt64(3))));
            }

            return read;
        }
    }

    private readonly record struct Row(long Sequence, SearchKey Actor, SearchKey Verb, DateTimeOffset Stored);
}
