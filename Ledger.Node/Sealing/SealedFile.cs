using System.Buffers.Binary;
using System.Data.Common;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Sealing;

/// <summary>
/// Opens SQLite files whose contents rest sealed, format 2. In format 1 they were plain: such a file gets the new
/// tables beside its old ones, which are then worked off.
/// </summary>
internal static class SealedFile
{
    /// <summary>Rows that are sealed in one transaction: a kill costs less than a second of work.</summary>
    public const int BatchRows = 500;

    private const long PlainVersion = 1;
    private const long SealedVersion = 2;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="keys">What its contents are sealed under.</param>
    /// <param name="tables">Makes the tables of format 2.</param>
    /// <param name="setAside">Names those of format 1 otherwise, and drops their indexes.</param>
    /// <exception cref="SealingKeysException">The contents are sealed under the keys of another file.</exception>
    public static SqliteConnection Open(string path, PersonKeys keys, string tables, string setAside)
    {
        SqliteConnection connection = RecordDatabase.OpenWriter(path);
        try
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            long found = (long)RecordDatabase.Scalar(connection, transaction, "PRAGMA user_version")!;
            switch (found)
            {
                case 0 when !HasTables(connection, transaction):
                    Make(connection, transaction, keys, tables);
                    break;
                // Some files of format 1 did not say so.
                case 0:
                case PlainVersion:
                    RecordDatabase.Execute(connection, transaction, setAside);
                    Make(connection, transaction, keys, tables);
                    break;
                case SealedVersion:
                    byte[] id = (byte[])RecordDatabase.Scalar(
                        connection, transaction, "SELECT key_file FROM sealed_by")!;
                    keys.Require(BinaryPrimitives.ReadUInt128BigEndian(id), path);
                    break;
                default:
                    throw new RecordStoreException(
                        $"The file {path} has format {found}; this program reads {SealedVersion}. "
                        + "Use the version that wrote it.");
            }

            transaction.Commit();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Seals what was set aside, a batch at a time: keys first, then sealed rows in and plain rows out in one synced
    /// transaction. The table goes when no file holds its bytes any more, so that a kill at any point is gone on from.
    /// </summary>
    /// <param name="connection">The file.</param>
    /// <param name="keys">What its contents are sealed under.</param>
    /// <param name="table">The table that was set aside.</param>
    /// <param name="identity">Columns that tell its rows apart.</param>
    /// <param name="personOf">Under whose key a row rests.</param>
    /// <param name="add">Adds the row to the table of format 2.</param>
    public static void WorkOff(
        SqliteConnection connection,
        PersonKeys keys,
        string table,
        IReadOnlyList<string> identity,
        Func<PlainRow, string> personOf,
        Action<DbTransaction, PlainRow> add)
    {
        if (RecordDatabase.Scalar(connection, null, $"SELECT 1 FROM sqlite_master WHERE name = '{table}'") is null)
        {
            return;
        }

        using PreparedStatement remove = new(
            connection,
            $"DELETE FROM {table} WHERE {string.Join(" AND ", identity.Select(static name => $"{name} = @{name}"))}",
            [.. identity.Select(static name => "@" + name)]);
        IReadOnlyList<PlainRow> rows = Next(connection, table);
        for (; rows.Count > 0; rows = Next(connection, table))
        {
            keys.Prepare([.. rows.Select(personOf).Distinct()]);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (PlainRow row in rows)
            {
                add(transaction, row);
                remove.Run(transaction, [.. identity.Select(name => row[name])]);
            }

            transaction.Commit();
        }

        // Where somebody reads the file it is written anew at the next start.
        if (RecordDatabase.Scrub(connection))
        {
            RecordDatabase.Execute(connection, $"DROP TABLE {table}");
        }
    }

    private static bool HasTables(SqliteConnection connection, SqliteTransaction transaction) =>
        RecordDatabase.Scalar(connection, transaction, "SELECT 1 FROM sqlite_master LIMIT 1") is not null;

    private static void Make(SqliteConnection connection, SqliteTransaction transaction, PersonKeys keys, string tables)
    {
        RecordDatabase.Execute(connection, transaction, tables);
        RecordDatabase.Execute(connection, transaction, "CREATE TABLE sealed_by (key_file BLOB NOT NULL) STRICT");
        using PreparedStatement bind = new(connection, "INSERT INTO sealed_by VALUES (@id)", "@id");
        bind.Run(transaction, RecordsKey.BytesOf(keys.FileId));
        RecordDatabase.Execute(
            connection, transaction, FormattableString.Invariant($"PRAGMA user_version = {SealedVersion}"));
    }

    private static IReadOnlyList<PlainRow> Next(SqliteConnection connection, string table)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = FormattableString.Invariant($"SELECT * FROM {table} LIMIT {BatchRows}");
        using SqliteDataReader reader = command.ExecuteReader();
        List<PlainRow> rows = [];
        while (reader.Read())
        {
            rows.Add(PlainRow.Of(reader));
        }

        return rows;
    }
}
