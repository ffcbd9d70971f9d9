using System.Data.Common;
using System.Globalization;

namespace Ledger.Node.Records;

/// <summary>
/// Reads a table in the order of its key, a page of rows and bytes at a time. Both databases order keys alike: by their
/// bytes.
/// </summary>
internal sealed class TableRows : IDisposable
{
    /// <summary>
    /// A page ends with the row that reaches this: rows of the largest size would be hundreds of megabytes otherwise,
    /// and whoever seals or copies a page has it several times over.
    /// </summary>
    public const long PageBytesMax = 16 * 1024 * 1024;

    private readonly RecordTable table;
    private readonly DbConnection connection;
    private readonly PreparedStatement first;
    private readonly PreparedStatement next;

    /// <summary>Of a table, with pages of so many rows.</summary>
    public TableRows(DbConnection connection, RecordTable table, int pageRows)
    {
        this.table = table;
        this.connection = connection;
        string columns = string.Join(", ", table.Columns);
        string key = string.Join(", ", table.Key);
        string[] after = [.. table.Key.Select(column => $"@{column}")];
        string tail = string.Create(CultureInfo.InvariantCulture, $"ORDER BY {key} LIMIT {pageRows}");
        first = new PreparedStatement(connection, $"SELECT {columns} FROM {table.Name} {tail}");
        next = new PreparedStatement(
            connection,
            $"SELECT {columns} FROM {table.Name} WHERE ({key}) > ({string.Join(", ", after)}) {tail}",
            after);
    }

    /// <summary>How many rows there are.</summary>
    public long Count() => Convert.ToInt64(
        RecordDatabase.Scalar(connection, null, $"SELECT count(*) FROM {table.Name}"), CultureInfo.InvariantCulture);

    /// <summary>The key of the last row, or null of an empty table.</summary>
    public object[]? LastKey()
    {
        string descending = string.Join(", ", table.Key.Select(column => column + " DESC"));
        using PreparedStatement last = new(
            connection, $"SELECT {string.Join(", ", table.Key)} FROM {table.Name} ORDER BY {descending} LIMIT 1");
        using DbDataReader row = last.Rows(null);
        return row.Read() ? [.. Enumerable.Range(0, table.Key.Count).Select(row.GetValue)] : null;
    }

    /// <summary>The page after a key, or the first one; empty at the end.</summary>
    public IReadOnlyList<object[]> PageAfter(object[]? key)
    {
        List<object[]> page = [];
        long bytes = 0;
        using DbDataReader rows = key is null ? first.Rows(null) : next.Rows(null, key);
        while (bytes < PageBytesMax && rows.Read())
        {
            object[] row = new object[table.Columns.Count];
            rows.GetValues(row);
            page.Add(row);
            bytes += row.Sum(SizeOf);
        }

        return page;
    }

    /// <summary>The key of a row.</summary>
    public object[] KeyOf(object[] row) => row[..table.Key.Count];

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        next.Dispose();
    }

    // Numbers do not count.
    private static long SizeOf(object value) => value switch
    {
        byte[] bytes => bytes.Length,
        string text => text.Length,
        _ => 0,
    };
}
