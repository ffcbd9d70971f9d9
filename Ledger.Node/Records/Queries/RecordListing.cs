using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Lists records in the order of their numbers. What narrows to an account, a verb or both is found in the index of
/// keys, which has it in this order, so a page costs what it holds. Used under its connection's lock.
/// </summary>
/// <param name="connection">A connection that reads.</param>
/// <param name="seals">Opens what is sealed.</param>
internal sealed class RecordListing(DbConnection connection, StoreSeals seals)
{
    /// <summary>
    /// Rows of a further question: where many in a row do not open, each is not a question of its own.
    /// </summary>
    public const int AskedAgainMin = 50;

    private readonly StoredTimes times = new(connection);
    private readonly RecordRows rows = new(seals);

    /// <summary>A page; records whose key was erased, and damaged ones, are not on it.</summary>
    public IReadOnlyList<StoredRecord> Find(RecordQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, RecordQuery.LimitMax);
        List<StoredRecord> found = [];
        int asked = query.Limit;
        while (true)
        {
            IReadOnlyList<StoredRecord> read = Read(query, asked);
            found.AddRange(read.Where(static record => record.IsReadable).Take(query.Limit - found.Count));
            if (read.Count < asked || found.Count == query.Limit)
            {
                return found;
            }

            query = query with { After = read[^1].Sequence };
            asked = Math.Max(query.Limit - found.Count, AskedAgainMin);
        }
    }

    private IReadOnlyList<StoredRecord> Read(RecordQuery query, int count)
    {
        using DbCommand command = connection.CreateCommand();
        (string from, string number) = From(query, command);
        StringBuilder sql = new($"SELECT {RecordRows.Columns} FROM {from}");
        QueryText.Narrow(command, sql, "r.type =", (long?)query.Type);
        (long? above, long? upTo) = times.Bounds(query.Since, query.Until);
        QueryText.NarrowRange(command, sql, number, (above, upTo), query.After, query.Ascending);
        string order = query.Ascending ? "ASC" : "DESC";
        string limit = QueryText.Parameter(command, (long)count);
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY {number} {order} LIMIT {limit}");
        command.CommandText = sql.ToString();
        return rows.ReadAll(command.ExecuteReader());
    }

    // The keys stand first: SQLite keeps to the order of a CROSS JOIN, and would go through all records otherwise.
    private (string From, string Number) From(RecordQuery query, DbCommand command) =>
        ListingIndex.TermOf(query.ActorKey, query.VerbIri) is { } term
            ? ("search_keys k CROSS JOIN records r WHERE k.key = "
                + $"{QueryText.Parameter(command, seals.KeyOf(term).ToArray())} AND r.sequence = k.holder", "k.holder")
            : ($"records r WHERE r.state <> {(int)RecordState.Erased}", "r.sequence");
}
