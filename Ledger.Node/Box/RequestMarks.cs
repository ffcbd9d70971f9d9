using System.Data.Common;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Box;

/// <summary>
/// Up to which time requests of a reader may have been taken by this box, on disk: so a box that was started again
/// takes none of them a second time.
/// </summary>
public sealed class RequestMarks : IRequestMarks, IDisposable
{
    private const long SchemaVersion = 1;

    private const string Tables =
        "CREATE TABLE marks (reader BLOB PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement set;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement list;

    /// <summary>Opens the file, or makes it. Throws <see cref="SqliteException"/> when the disk fails.</summary>
    public RequestMarks(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        set = new PreparedStatement(
            connection,
            "INSERT INTO marks VALUES ($reader, $until) ON CONFLICT (reader) DO UPDATE "
                + "SET until = MAX(until, excluded.until)",
            "$reader", "$until");
        forget = new PreparedStatement(connection, "DELETE FROM marks WHERE until < $time", "$time");
        list = new PreparedStatement(connection, "SELECT reader, until FROM marks");
    }

    /// <inheritdoc/>
    public Dictionary<Address, long> Load(long fromUnixMs)
    {
        lock (gate)
        {
            forget.Run(null, fromUnixMs);
            Dictionary<Address, long> marks = [];
            using DbDataReader rows = list.Rows(null);
            while (rows.Read())
            {
                marks.Add(new Address((byte[])rows[0]), rows.GetInt64(1));
            }

            return marks;
        }
    }

    /// <inheritdoc/>
    public void Set(Address reader, long untilUnixMs)
    {
        lock (gate)
        {
            set.Run(null, reader.ToArray(), untilUnixMs);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            set.Dispose();
            forget.Dispose();
            list.Dispose();
            connection.Dispose();
        }
    }
}
