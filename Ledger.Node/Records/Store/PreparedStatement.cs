using System.Data.Common;

namespace Ledger.Node.Records;

/// <summary>An SQL statement that is made once and bound by position. Used under its connection's lock.</summary>
internal sealed class PreparedStatement : IDisposable
{
    private readonly DbCommand command;

    /// <summary>
    /// A statement whose parameters are named in this order; the database compiles it at its first use.
    /// </summary>
    public PreparedStatement(DbConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (string name in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Runs it; returns the number of rows that changed.</summary>
    public int Run(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs it; returns the first column of the first row, or null.</summary>
    public object? Scalar(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteScalar();
    }

    /// <summary>Runs it; the rows must be read to the end or disposed of before the next use.</summary>
    public DbDataReader Rows(DbTransaction? transaction, params ReadOnlySpan<object?> values)
    {
        Bind(transaction, values);
        return command.ExecuteReader();
    }

    /// <summary>Releases the compiled statement.</summary>
    public void Dispose() => command.Dispose();

    private void Bind(DbTransaction? transaction, ReadOnlySpan<object?> values)
    {
        command.Transaction = transaction;
        Primitives.Invariant.That(values.Length == command.Parameters.Count);
        for (int position = 0; position < values.Length; position++)
        {
            command.Parameters[position].Value = values[position] ?? DBNull.Value;
        }
    }
}
