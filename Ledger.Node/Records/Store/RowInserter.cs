using System.Data.Common;
using System.Globalization;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Inserts rows many at a time, in one round to the database. Used under its connection's lock.
/// </summary>
internal sealed class RowInserter : IDisposable
{
    /// <summary>
    /// Values of one statement: SQLite's parameters are found by their names, one after the other, so that more of
    /// them cost more than the calls that they save.
    /// </summary>
    private const int ValuesMax = 48;

    private readonly PreparedStatement one;
    private readonly PreparedStatement many;
    private readonly int columns;
    private readonly int rows;

    /// <summary>Of a table's columns; the rest says what to do with rows that are there, or is empty.</summary>
    public RowInserter(DbConnection connection, string table, IReadOnlyList<string> names, string onConflict)
    {
        columns = names.Count;
        rows = ValuesMax / columns;
        one = Prepare(connection, table, names, onConflict, 1);
        many = Prepare(connection, table, names, onConflict, rows);
    }

    /// <summary>Inserts rows, given one after the other as values in the order of the columns.</summary>
    public void Insert(DbTransaction transaction, ReadOnlySpan<object?> values)
    {
        Primitives.Invariant.That(values.Length % columns == 0);
        int chunk = columns * rows;
        while (values.Length >= chunk)
        {
            many.Run(transaction, values[..chunk]);
            values = values[chunk..];
        }

        for (; !values.IsEmpty; values = values[columns..])
        {
            one.Run(transaction, values[..columns]);
        }
    }

    /// <summary>Releases the statements.</summary>
    public void Dispose()
    {
        one.Dispose();
        many.Dispose();
    }

    private static PreparedStatement Prepare(
        DbConnection connection, string table, IReadOnlyList<string> names, string onConflict, int rows)
    {
        string[] parameters =
        [
            .. Enumerable.Range(0, rows * names.Count)
                .Select(at => string.Create(CultureInfo.InvariantCulture, $"@p{at}")),
        ];
        StringBuilder sql = new($"INSERT INTO {table} ({string.Join(", ", names)}) VALUES ");
        for (int row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (")
                .AppendJoin(", ", parameters.Skip(row * names.Count).Take(names.Count))
                .Append(')');
        }

        return new PreparedStatement(connection, sql.Append(' ').Append(onConflict).ToString(), parameters);
    }
}
