using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>Opens SQLite files so that what is acknowledged lasts, and runs single statements.</summary>
internal static class RecordDatabase
{
    /// <summary>
    /// Pages that the writer keeps, in KiB as a negative number, as SQLite has it: the ends of the indexes of a store
    /// of a million records, so that intake writes and does not read.
    /// </summary>
    private const int WriterCacheKib = -65536;

    /// <summary>Pages of the log before they are moved into the file: 16 MiB, a few large batches.</summary>
    private const int LogPages = 4096;

    /// <summary>The only connection that writes. Salts are secret: a new file is for its owner alone.</summary>
    public static SqliteConnection OpenWriter(string path)
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
        // What is deleted is written over: it is somebody's.
        Execute(connection, "PRAGMA secure_delete = ON;");
        Execute(
            connection,
            FormattableString.Invariant(
                $"PRAGMA cache_size = {WriterCacheKib}; PRAGMA wal_autocheckpoint = {LogPages};"));
        return connection;
    }

    /// <summary>The same, of a file with tables of its own, and the version of them.</summary>
    public static SqliteConnection OpenWriter(string path, string tables, long schemaVersion)
    {
        SqliteConnection connection = OpenWriter(path);
        CreateTables(connection, path, tables, schemaVersion);
        return connection;
    }

    /// <summary>A connection that only reads, and does not wait for the writer.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>
    /// Writes a SQLite file anew and empties its log, so that neither holds what was deleted. False where a reader
    /// keeps the log.
    /// </summary>
    public static bool Scrub(DbConnection connection)
    {
        Execute(connection, "VACUUM");
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        using DbDataReader row = command.ExecuteReader();
        return row.Read() && row.GetInt64(0) == 0;
    }

    /// <summary>Runs statements without results.</summary>
    public static void Execute(DbConnection connection, string sql) => Execute(connection, null, sql);

    /// <summary>Runs statements without results.</summary>
    public static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement; returns the first column of the first row, or null.</summary>
    public static object? Scalar(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command.ExecuteScalar();
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
        long found = (long)Scalar(connection, transaction, "PRAGMA user_version")!;
        if (found == 0)
        {
            Execute(connection, transaction, tables);
            Execute(connection, transaction, FormattableString.Invariant($"PRAGMA user_version = {schemaVersion}"));
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
