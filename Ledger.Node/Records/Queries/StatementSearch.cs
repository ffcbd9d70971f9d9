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
    private readonly StoreSeals seals;
    private readonly StoredTimes times;
    private readonly RecordRows rows;

    public StatementSearch(DbConnection connection, StoreSeals seals)
    {
        this.connection = connection;
        this.seals = seals;
        times = new StoredTimes(connection);
        rows = new RecordRows(seals);
    }

    /// <summary>A page; statements whose key was erased, and damaged ones, are not on it.</summary>
    public StatementPage Find(StatementQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, StatementQuery.LimitMax);
        List<StoredRecord> found = [];

        // One more than is given tells whether others follow.
        int asked = query.Limit + 1;
        while (true)
        {
            IReadOnlyList<StoredRecord> read = Read(query, asked);
            found.AddRange(read.Where(static record => record.IsReadable));
            if (found.Count > query.Limit)
            {
                return new StatementPage([.. found.Take(query.Limit)], HasMore: true);
            }

            if (read.Count < asked)
            {
                return new StatementPage(found, HasMore: false);
            }

            query = query with { After = read[^1].Sequence };
            asked = Math.Max(query.Limit + 1 - found.Count, RecordListing.AskedAgainMin);
        }
    }

    private IReadOnlyList<StoredRecord> Read(StatementQuery query, int count)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Sql(query, command, times.Bounds(query.Since, query.Until), count);
        return rows.ReadAll(command.ExecuteReader());
    }

    private string Sql(StatementQuery query, DbCommand command, (long? Above, long? UpTo) bounds, int count)
    {
        string order = query.Ascending ? "ASC" : "DESC";
        string limit = QueryText.Parameter(command, (long)count);
        string narrowed = Narrowed(query, command, bounds);
        string inner = query.Filters.Count == 0
            ? $"SELECT r.sequence FROM records r WHERE {narrowed} ORDER BY r.sequence {order} LIMIT {limit}"
            : string.Join(" UNION ALL ", query.Filters[0].Select(
                term => $"SELECT sequence FROM ({ByKey(query, command, term, narrowed, order, limit)}) one"));
        // The page stands first: SQLite would go through all records otherwise, and look each up in the page.
        return $"SELECT {RecordRows.Columns} FROM (SELECT DISTINCT sequence FROM ({inner}) found) page "
            + $"CROSS JOIN records r WHERE r.sequence = page.sequence ORDER BY page.sequence {order} LIMIT {limit}";
    }

    // The tables are joined in the order that is written: SQLite keeps to it for a CROSS JOIN.
    private string ByKey(
        StatementQuery query, DbCommand command, SearchTerm term, string narrowed, string order, string limit)
    {
        StringBuilder tables = new("search_keys k0");
        StringBuilder conditions = new($"k0.key = {Parameter(command, term)}");
        for (int at = 1; at < query.Filters.Count; at++)
        {
            IEnumerable<string> keys = query.Filters[at].Select(other => Parameter(command, other));
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

    private string Narrowed(StatementQuery query, DbCommand command, (long? Above, long? UpTo) bounds)
    {
        StringBuilder sql = new("r.voided = 0 AND r.type = ");
        sql.Append(QueryText.Parameter(command, (long)RecordType.XapiStatement));

        QueryText.NarrowRange(command, sql, "r.sequence", bounds, query.After, query.Ascending);
        if (query.Authority is { } authority)
        {
            string key = Parameter(command, new SearchTerm(SearchKind.Authority, authority));
            sql.Append(
                CultureInfo.InvariantCulture,
                $" AND EXISTS (SELECT 1 FROM search_keys a WHERE a.key = {key} AND a.holder = r.sequence"
                + $" AND a.origin = r.sequence)");
        }

        return sql.ToString();
    }

    private string Parameter(DbCommand command, SearchTerm term) =>
        QueryText.Parameter(command, seals.KeyOf(term).ToArray());
}
