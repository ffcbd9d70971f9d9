using Ledger.Contracts.State;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Box;

/// <summary>
/// How often this box has answered by grants whose reads are limited. What is counted survives a power cut, and is
/// counted before data leaves: an answer that is lost on the way counts.
/// </summary>
public sealed class ReadCounts : IDisposable
{
    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    /// <summary>Opens the file, or makes it. Throws <see cref="SqliteException"/> when the disk fails.</summary>
    public ReadCounts(string path)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
        };
        connection = new SqliteConnection(settings.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            CREATE TABLE IF NOT EXISTS reads (grant_key BLOB PRIMARY KEY, count INTEGER NOT NULL) STRICT;
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>
    /// Counts one answer by each of the grants, synced; false, and nothing counted, where one of them has no more.
    /// </summary>
    public bool TryTake(IReadOnlyList<(StateKey Grant, uint ReadsMax)> counted)
    {
        if (counted.Count == 0)
        {
            return true;
        }

        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach ((StateKey grant, uint readsMax) in counted)
            {
                if (Count(transaction, grant) >= readsMax)
                {
                    return false;
                }

                Add(transaction, grant);
            }

            transaction.Commit();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private long Count(SqliteTransaction transaction, StateKey grant)
    {
        using SqliteCommand command = Command(transaction, grant, "SELECT count FROM reads WHERE grant_key = $key");
        return command.ExecuteScalar() is long count ? count : 0;
    }

    private void Add(SqliteTransaction transaction, StateKey grant)
    {
        using SqliteCommand command = Command(
            transaction,
            grant,
            "INSERT INTO reads VALUES ($key, 1) ON CONFLICT (grant_key) DO UPDATE SET count = count + 1");
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(SqliteTransaction transaction, StateKey grant, string text)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = text;
        command.Parameters.AddWithValue("$key", grant.Raw.ToArray());
        return command;
    }
}
