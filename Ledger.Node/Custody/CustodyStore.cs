using System.Data.Common;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Custody;

/// <summary>
/// Records of other institutions that this one keeps, each verified against its leaf before it came in, with its salt
/// and the locator that leads to it. An SQLite file beside the own records, for its owner alone.
/// </summary>
public sealed class CustodyStore : IDisposable
{
    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE copies (
            writer BLOB NOT NULL,
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            range BLOB NOT NULL,
            writer_index INTEGER NOT NULL,
            type INTEGER NOT NULL,
            time_ms INTEGER NOT NULL,
            committed BLOB NOT NULL,
            salt BLOB NOT NULL,
            PRIMARY KEY (writer, key_version, hashed_id),
            UNIQUE (range, writer_index)
        ) STRICT;
        """;

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement insert;
    private readonly PreparedStatement find;
    private readonly PreparedStatement count;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement has;

    /// <summary>Opens the file, or makes it.</summary>
    public CustodyStore(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        insert = new PreparedStatement(
            connection,
            """
            INSERT INTO copies (
                writer, key_version, hashed_id, range, writer_index, type, time_ms, committed, salt)
            VALUES ($writer, $version, $hashed, $range, $index, $type, $time, $committed, $salt)
            ON CONFLICT (range, writer_index) DO UPDATE SET
                type = excluded.type, time_ms = excluded.time_ms, committed = excluded.committed, salt = excluded.salt
            """,
            "$writer", "$version", "$hashed", "$range", "$index", "$type", "$time", "$committed", "$salt");
        find = new PreparedStatement(
            connection,
            """
            SELECT type, time_ms, committed, salt FROM copies
            WHERE writer = $writer AND key_version = $version AND hashed_id = $hashed
            """,
            "$writer", "$version", "$hashed");
        count = new PreparedStatement(
            connection, "SELECT COUNT(*) FROM copies WHERE range = $range", "$range");
        has = new PreparedStatement(
            connection,
            "SELECT COUNT(*) FROM copies WHERE range = $range AND writer_index = $index", "$range", "$index");
        remove = new PreparedStatement(
            connection,
            "DELETE FROM copies WHERE writer = $writer AND key_version = $version AND hashed_id = $hashed",
            "$writer", "$version", "$hashed");
    }

    /// <summary>Keeps verified copies, in one synced transaction; one that is there is written anew.</summary>
    public void AddAll(IReadOnlyList<VerifiedCopy> copies)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (VerifiedCopy copy in copies)
            {
                insert.Run(
                    transaction,
                    copy.Range.Writer.ToArray(),
                    (long)copy.Leaf.Locator.KeyVersion,
                    copy.Leaf.Locator.HashedId.ToByteArray(),
                    copy.Range.ToRawKey(),
                    (long)copy.Leaf.Index,
                    (int)copy.Record.Type,
                    copy.Record.Time.ToUnixTimeMilliseconds(),
                    copy.Record.Committed.ToArray(),
                    copy.Record.Salt.ToArray());
            }

            transaction.Commit();
        }
    }

    /// <summary>The copy behind a writer's locator, or null.</summary>
    public KeptRecord? Find(Address writer, uint keyVersion, HashedId hashedId)
    {
        lock (gate)
        {
            using DbDataReader row = find.Rows(null, writer.ToArray(), (long)keyVersion, hashedId.ToArray());
            return row.Read()
                ? new KeptRecord(
                    (RecordType)row.GetInt32(0),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                    row.GetFieldValue<byte[]>(2),
                    row.GetFieldValue<byte[]>(3))
                : null;
        }
    }

    /// <summary>How many records of a range are kept.</summary>
    public ulong Count(byte[] rangeKey)
    {
        lock (gate)
        {
            return (ulong)(long)count.Scalar(null, rangeKey)!;
        }
    }

    /// <summary>Whether the record at a place of a range is kept.</summary>
    public bool Has(byte[] rangeKey, ulong index)
    {
        lock (gate)
        {
            return (long)has.Scalar(null, rangeKey, (long)index)! > 0;
        }
    }

    /// <summary>
    /// Erases copies of what their writers have erased, in one synced transaction; returns how many were kept. The
    /// bytes are gone from the file after <see cref="Scrub"/>.
    /// </summary>
    public int Erase(IReadOnlyList<(Address Writer, RecordLocator Locator)> erased)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            int gone = erased.Sum(one => remove.Run(
                transaction, one.Writer.ToArray(), (long)one.Locator.KeyVersion, one.Locator.Id.ToArray()));
            transaction.Commit();
            return gone;
        }
    }

    /// <summary>Writes the file anew, so that it holds nothing of what was erased.</summary>
    public bool Scrub()
    {
        lock (gate)
        {
            return RecordDatabase.Scrub(connection);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            insert.Dispose();
            find.Dispose();
            count.Dispose();
            remove.Dispose();
            has.Dispose();
            connection.Dispose();
        }
    }
}
