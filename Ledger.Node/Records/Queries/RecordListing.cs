using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Lists records in the order of their numbers. What narrows to an account, a verb or both is found in the index of
/// keys, which has it in this order, so a page costs what it holds. Used under its connection's lock.
/// </summary>
/// <param name="connection">A connection that reads.</param>
internal sealed class RecordListing(DbConnection connection)
{
    private readonly StoredTimes times = new(connection);

    /// <summary>A page.</summary>
    public IReadOnlyList<StoredRecord> Find(RecordQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, RecordQuery.LimitMax);
        using DbCommand command = connection.CreateCommand();
        (string from, string number) = From(query, command);
        StringBuilder sql = new($"SELECT {RecordRow.Columns} FROM {from}");

        // The plus keeps SQLite from the index of ids, which begins with the type: it would sort all records.
        QueryText.Narrow(command, sql, "+r.type =", (long?)query.Type);
        (long? above, long? upTo) = times.Bounds(query.Since, query.Until);
        QueryText.NarrowRange(command, sql, number, (above, upTo), query.After, query.Ascending);
        string order = query.Ascending ? "ASC" : "DESC";
        string limit = QueryText.Parameter(command, (long)query.Limit);
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {number} {order} LIMIT {limit}");
        command.CommandText = sql.ToString();
        return RecordRow.ReadAll(command.ExecuteReader());
    }

    // The keys stand first: SQLite keeps to the order of a CROSS JOIN, and would go through all records otherwise.
    private static (string From, string Number) From(RecordQuery query, DbCommand command) =>
        ListingIndex.KeyOf(query.ActorKey, query.VerbIri) is { } key
            ? ($"search_keys k CROSS JOIN records r WHERE k.key = {QueryText.Parameter(command, key.ToArray())} "
                + "AND r.sequence = k.holder", "k.holder")
            : ($"records r WHERE r.state <> {(int)RecordState.Erased}", "r.sequence");
}
