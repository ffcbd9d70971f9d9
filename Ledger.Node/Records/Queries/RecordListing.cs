using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>Lists records in the order of their numbers. Used under its connection's lock.</summary>
/// <param name="connection">A connection that reads.</param>
internal sealed class RecordListing(DbConnection connection)
{
    /// <summary>A page.</summary>
    public IReadOnlyList<StoredRecord> Find(RecordQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.Limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, RecordQuery.LimitMax);
        using DbCommand command = connection.CreateCommand();
        StringBuilder sql = new($"SELECT {RecordRow.Columns} FROM records r WHERE r.stored_ms >= 0");

        // The plus keeps SQLite from the index of ids, which begins with the type: it would sort all records.
        Narrow(command, sql, "+r.type =", (long?)query.Type);
        Narrow(command, sql, "r.actor =", query.ActorKey);
        Narrow(command, sql, "r.verb =", query.VerbIri);
        Narrow(command, sql, "r.stored_ms >", query.Since?.ToUnixTimeMilliseconds());
        Narrow(command, sql, "r.stored_ms <=", query.Until?.ToUnixTimeMilliseconds());
        Narrow(command, sql, query.Ascending ? "r.sequence >" : "r.sequence <", query.After);
        string order = query.Ascending ? "ASC" : "DESC";
        string limit = Parameter(command, (long)query.Limit);
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY r.sequence {order} LIMIT {limit}");
        command.CommandText = sql.ToString();
        return RecordRow.ReadAll(command.ExecuteReader());
    }

    private static void Narrow(DbCommand command, StringBuilder sql, string comparison, object? value)
    {
        if (value is not null)
        {
            sql.Append(CultureInfo.InvariantCulture, $" AND {comparison} {Parameter(command, value)}");
        }
    }

    private static string Parameter(DbCommand command, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@q{command.Parameters.Count}");
        parameter.Value = value;
        command.Parameters.Add(parameter);
        return parameter.ParameterName;
    }
}
