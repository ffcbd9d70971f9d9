using System.Data.Common;
using System.Globalization;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Runs queries for statements. The index of keys gives statements in the order of the answer, so a page costs what it
/// holds, wherever it begins. Used under its connection's lock.
/// </summary>
internal sealed class StatementSearch
{
    private readonly DbConnection connection;
    private readonly StoredTimes times;

    public StatementSearch(DbConnection connection)
    {
        this.connection = connection;
        times = new StoredTimes(connection);
    }

    /// <summary>A page.</summary>
    public StatementPage Find(StatementQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, StatementQuery.LimitMax);
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Sql(query, command, times.Bounds(query.Since, query.Until));
        IReadOnlyList<StoredRecord> found = RecordRow.ReadAll(command.ExecuteReader());
        return found.Count > query.Limit
            ? new StatementPage([.. found.Take(query.Limit)], HasMore: true)
            : new StatementPage(found, HasMore: false);
    }

    private static string Sql(StatementQuery query, DbCommand command, (long? Above, long? UpTo) bounds)
    {
        string order = query.Ascending ? "ASC" : "DESC";
        // One more than is given tells whether others follow.
        string limit = QueryText.Parameter(command, (long)query.Limit + 1);
        string narrowed = Narrowed(query, command, bounds);
        string inner = query.Filters.Count == 0
            ? $"SELECT r.sequence FROM records r WHERE {narrowed} ORDER BY r.sequence {order} LIMIT {limit}"
            : string.Join(" UNION ALL ", query.Filters[0].Select(
                key => $"SELECT sequence FROM ({ByKey(query, command, key, narrowed, order, limit)}) one"));
        // The page stands first: SQLite would go through all records otherwise, and look each up in the page.
        return $"SELECT {RecordRow.Columns} FROM (SELECT DISTINCT sequence FROM ({inner}) found) page "
            + $"CROSS JOIN records r WHERE r.sequence = page.sequence ORDER BY page.sequence {order} LIMIT {limit}";
    }

    // The tables are joined in the order that is written: SQLite keeps to it for a CROSS JOIN.
    private static string ByKey(
        StatementQuery query, DbCommand command, SearchKey key, string narrowed, string order, string limit)
    {
        StringBuilder tables = new("search_keys k0");
        StringBuilder conditions = new($"k0.key = {QueryText.Parameter(command, key.ToArray())}");
        for (int at = 1; at < query.Filters.Count; at++)
        {
            IEnumerable<string> keys =
                query.Filters[at].Select(other => QueryText.Parameter(command, other.ToArray()));
            string name = string.Create(CultureInfo.InvariantCulture, $"k{at}");
            tables.Append(CultureInfo.InvariantCulture, $" CROSS JOIN search_keys {name}");
            conditions.Append(
                CultureInfo.InvariantCulture,
                $" AND {name}.key IN ({string.Join(", ", keys)}) AND {name}.holder = k0.holder"
                + $" AND {name}.origin = k0.origin");
        }

        string bounded = narrowed.Replace("r.sequence", "k0.holder", StringComparison.Ordinal);
        return $"SELECT DISTINCT k0.holder AS sequence FROM {tables} CROSS JOIN records r WHERE {conditions}"
            + $" AND r.sequence = k0.holder AND {bounded} ORDER BY sequence {order} LIMIT {limit}";
    }

    private static string Narrowed(StatementQuery query, DbCommand command, (long? Above, long? UpTo) bounds)
    {
        // The plus keeps SQLite from the index of ids, which begins with the type: it would sort all statements.
        StringBuilder sql = new("r.voided = 0 AND +r.type = ");
        sql.Append(QueryText.Parameter(command, (long)RecordType.XapiStatement));

        QueryText.NarrowRange(command, sql, "r.sequence", bounds, query.After, query.Ascending);
        QueryText.Narrow(command, sql, "r.authority =", query.Authority);
        return sql.ToString();
    }
}
