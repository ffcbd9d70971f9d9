using System.Data.Common;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Sealing;

/// <summary>
/// Keys of a file's table whose last row is gone. They are noted by the very transaction that takes the row, and erased
/// after it, so that a crash between loses none: then what older copies of the file hold of that person opens no more.
/// Used under its owner's lock.
/// </summary>
internal sealed class EmptiedKeys : IDisposable
{
    private readonly PersonKeys keys;
    private readonly PreparedStatement noted;
    private readonly PreparedStatement forget;

    /// <summary>Of a table whose rows name their key in a column <c>key</c>; erases what a crash has left.</summary>
    public EmptiedKeys(SqliteConnection connection, string table, PersonKeys keys)
    {
        this.keys = keys;
        noted = new PreparedStatement(
            connection,
            $"SELECT key FROM emptied e WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.key = e.key)");
        forget = new PreparedStatement(connection, "DELETE FROM emptied");
        Erase();
    }

    /// <summary>What the file's tables need for it.</summary>
    public static string Tables(string table) => $"""
        CREATE INDEX {table}_by_key ON {table} (key);
        CREATE TABLE emptied (key INTEGER PRIMARY KEY) STRICT;
        CREATE TRIGGER {table}_emptied AFTER DELETE ON {table}
        WHEN NOT EXISTS (SELECT 1 FROM {table} WHERE key = OLD.key)
        BEGIN INSERT OR IGNORE INTO emptied VALUES (OLD.key); END;
        """;

    /// <summary>
    /// Erases the keys that are noted, outside of any transaction. Their bytes leave the file of keys when that is
    /// written anew next: who ends many groups has it done once, after the last.
    /// </summary>
    public void Erase()
    {
        List<long> found = [];
        using (DbDataReader rows = noted.Rows(null))
        {
            while (rows.Read())
            {
                found.Add(rows.GetInt64(0));
            }
        }

        keys.EraseIdsSoon(found);
        forget.Run(null);
    }

    /// <summary>Releases the compiled statements.</summary>
    public void Dispose()
    {
        noted.Dispose();
        forget.Dispose();
    }
}
