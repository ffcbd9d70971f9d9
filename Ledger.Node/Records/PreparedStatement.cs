using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>An SQL statement that is compiled once and bound by position. Used under its connection's lock.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly SqliteCommand command;

    /// <summary>Compiles a statement whose parameters are named in this order.</summary>
    public PreparedStatement(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string parameter in parameters)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = parameter, Value = DBNull.Value });
        }

        command.Prepare();
    }

    /// <summary>Runs it; returns the number of rows that changed.</summary>
    public int Run(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it; returns the first column of the first row, or null.</summary>
    public object? Scalar(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteScalar();
    }

    /// <summary>Runs it; the rows must be read to the end or disposed of before the next use.</summary>
    public SqliteDataReader Rows(SqliteTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteReader();
    }

    /// <summary>Releases the compiled statement.</summary>
    public void Dispose() => command.Dispose();

    private void Bind(SqliteTransaction? transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        Primitives.Invariant.That(values.Length == command.Parameters.Count);
        for (int position = 0; position < values.Length; position++)
        {
            command.Parameters[position].Value = values[position] ?? DBNull.Value;
        }
    }
}
