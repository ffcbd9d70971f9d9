using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>Opens the SQLite file of a record store and makes its tables.</summary>
internal static class RecordDatabase
{
    /// <summary>The version of the tables below; another one is refused.</summary>
    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE records (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            type INTEGER NOT NULL,
            id TEXT NOT NULL,
            actor TEXT NOT NULL,
            verb TEXT NOT NULL,
            time_ms INTEGER NOT NULL,
            stored_ms INTEGER NOT NULL,
            authority TEXT NOT NULL,
            committed BLOB NOT NULL,
            salt BLOB NOT NULL,
            commitment BLOB NOT NULL,
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            state INTEGER NOT NULL,
            height INTEGER,
            llpc BLOB,
            writer_index INTEGER,
            refusal TEXT,
            UNIQUE (type, id),
            UNIQUE (key_version, hashed_id)
        ) STRICT;
        CREATE INDEX records_by_actor ON records (type, actor, verb, sequence);
        CREATE INDEX records_by_verb ON records (type, verb, sequence);
        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence)
        ) STRICT;
        CREATE TABLE signed_batches (
            transaction_id BLOB PRIMARY KEY,
            bytes BLOB NOT NULL,
            last_valid_ms INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE signed_batch_records (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence),
            transaction_id BLOB NOT NULL REFERENCES signed_batches (transaction_id)
        ) STRICT;
        CREATE INDEX signed_batch_records_by_batch ON signed_batch_records (transaction_id);
        CREATE TABLE locator_keys (
            version INTEGER PRIMARY KEY,
            check_value BLOB NOT NULL
        ) STRICT;
        """;

    /// <summary>The only connection that writes. Salts are secret: a new file is for its owner alone.</summary>
    public static SqliteConnection OpenWriter(string path) => OpenWriter(path, Tables, SchemaVersion);

    /// <summary>As above, of a file with other tables, and the version of them.</summary>
    public static SqliteConnection OpenWriter(string path, string tables, long schemaVersion)
    {
        if (!File.Exists(path) && !OperatingSystem.IsWindows())
        {
            FileStreamOptions options = new()
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using FileStream created = new(path, options);
        }

        SqliteConnection connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        // An acknowledged record must survive a power cut: the log is synced at each commit, not only at checkpoints.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        CreateTables(connection, path, tables, schemaVersion);
        return connection;
    }

    /// <summary>A connection that only reads, and does not wait for the writer.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>Runs statements without results.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder settings = new() { DataSource = path, Mode = mode, Pooling = false };
        SqliteConnection connection = new(settings.ToString());
        connection.Open();
        return connection;
    }

    private static void CreateTables(SqliteConnection connection, string path, string tables, long schemaVersion)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        long found = (long)version.ExecuteScalar()!;
        if (found == 0)
        {
            Execute(connection, tables);
            Execute(connection, FormattableString.Invariant($"PRAGMA user_version = {schemaVersion}"));
        }
        else if (found != schemaVersion)
        {
            throw new RecordStoreException(
                $"The file {path} has format {found}; this program reads {schemaVersion}. "
                + "Use the version that wrote it.");
        }

        transaction.Commit();
    }
}
