using System.Data.Common;
using Npgsql;

namespace Ledger.Node.Records;

/// <summary>A record store in a PostgreSQL database, where a campus outgrows one file.</summary>
public sealed class PostgresBackend : IRecordBackend
{
    /// <summary>Statements that a connection keeps compiled: more than a store has.</summary>
    private const int StatementsKept = 200;

    /// <summary>A statement is compiled when it comes the second time: the ones of opening come once.</summary>
    private const int UsesBeforeCompiling = 2;

    /// <summary>The lock that says who writes to a database: the letters "LRS" and a number.</summary>
    private const long WriterLock = 0x4C525301;

    /// <summary>A store that was closed just now holds the lock until the server has noticed.</summary>
    private const int LockPatienceSeconds = 3;

    private readonly string connection;

    /// <summary>A database by its connection string.</summary>
    public PostgresBackend(string connectionString)
    {
        NpgsqlConnectionStringBuilder settings = new(connectionString)
        {
            Pooling = false,
            MaxAutoPrepare = StatementsKept,
            AutoPrepareMinUsages = UsesBeforeCompiling,
        };
        connection = settings.ToString();
        Name = $"the database {settings.Database} at {settings.Host}:{settings.Port}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public DbConnection OpenWriter()
    {
        NpgsqlConnection writer = new(connection);
        try
        {
            Reopen(writer, writes: true);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public DbConnection OpenReader()
    {
        NpgsqlConnection reader = new(connection);
        try
        {
            reader.Open();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public IDisposable? TakeCare(Action<Action> whileNobodyWrites) => null;

    /// <inheritdoc/>
    public void Reopen(DbConnection connection, bool writes)
    {
        connection.Close();
        connection.Open();
        if (!writes)
        {
            return;
        }

        try
        {
            TakeWriterLock(connection);
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            connection.Close();
            throw new RecordStoreException(
                $"Another record store writes to {Name}. One node at a time may: stop the other one.");
        }
        catch
        {
            // An open connection counts as one that has the lock.
            connection.Close();
            throw;
        }
    }

    private static void TakeWriterLock(DbConnection connection)
    {
        // What is acknowledged is on the server's disk, whatever its default is.
        RecordDatabase.Execute(connection, "SET synchronous_commit = on");
        RecordDatabase.Execute(connection, FormattableString.Invariant($"SET lock_timeout = '{LockPatienceSeconds}s'"));
        RecordDatabase.Scalar(
            connection, null, FormattableString.Invariant($"SELECT pg_advisory_lock({WriterLock})"));
        RecordDatabase.Execute(connection, "SET lock_timeout = 0");
    }

    /// <inheritdoc/>
    public string Translate(string tables) => tables
        .Replace(" PRIMARY KEY AUTOINCREMENT", " PRIMARY KEY", StringComparison.Ordinal)
        .Replace(" STRICT, WITHOUT ROWID", string.Empty, StringComparison.Ordinal)
        .Replace(" STRICT", string.Empty, StringComparison.Ordinal)
        .Replace(" INTEGER", " BIGINT", StringComparison.Ordinal)
        .Replace(" BLOB", " BYTEA", StringComparison.Ordinal)
        // Bytes decide the order, as in the other database: a copy of a store goes by it.
        .Replace(" TEXT", " TEXT COLLATE \"C\"", StringComparison.Ordinal);

    /// <inheritdoc/>
    public long Version(DbConnection writer, DbTransaction transaction)
    {
        RecordDatabase.Execute(
            writer, transaction, "CREATE TABLE IF NOT EXISTS store_format (version BIGINT NOT NULL PRIMARY KEY)");
        return (long)RecordDatabase.Scalar(
            writer, transaction, "SELECT coalesce(max(version), 0) FROM store_format")!;
    }

    /// <inheritdoc/>
    public bool Scrub(DbConnection writer)
    {
        // The server's log of writes, and copies of it that others keep, are for whoever runs the server.
        foreach (RecordTable table in RecordSchema.Tables)
        {
            RecordDatabase.Execute(writer, $"VACUUM (FULL) {table.Name}");
        }

        return true;
    }

    /// <inheritdoc/>
    public void SetVersion(DbConnection writer, DbTransaction transaction, long version) =>
        RecordDatabase.Execute(
            writer,
            transaction,
            FormattableString.Invariant($"INSERT INTO store_format (version) VALUES ({version})"));
}
