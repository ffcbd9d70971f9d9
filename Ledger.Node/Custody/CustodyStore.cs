using System.Buffers.Binary;
using System.Data.Common;
using Google.Protobuf;
using Ledger.Client.Records;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Custody;

/// <summary>
/// Records of other institutions that this one keeps, each verified against its leaf before it came in, with its salt
/// and the locator that leads to it. An SQLite file beside the own records. What a record says rests sealed under a key
/// of its learner and its writer, which goes with the last of their records: it is not the learner's key for what this
/// institution wrote itself, for of what is in custody the writer decides.
/// </summary>
public sealed class CustodyStore : IDisposable
{
    private const string PlainTable = "plain_copies";

    private const string SetAside = $"ALTER TABLE copies RENAME TO {PlainTable}";

    // The range is a digest; writer and locator are as the ledger has them.
    private static readonly string Tables = $"""
        CREATE TABLE copies (
            writer BLOB NOT NULL,
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            range BLOB NOT NULL,
            writer_index INTEGER NOT NULL,
            key INTEGER NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (writer, key_version, hashed_id),
            UNIQUE (range, writer_index)
        ) STRICT;
        {EmptiedKeys.Tables("copies")}
        """;

    private readonly Lock gate = new();
    private readonly PersonKeys keys;
    private readonly SqliteConnection connection;
    private readonly EmptiedKeys emptied;
    private readonly PreparedStatement insert;
    private readonly PreparedStatement find;
    private readonly PreparedStatement count;
    private readonly PreparedStatement remove;
    private readonly PreparedStatement has;

    /// <summary>Opens the file, or makes it; seals what an earlier version kept plain.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public CustodyStore(string path, PersonKeys keys)
    {
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        insert = new PreparedStatement(
            connection,
            """
            INSERT INTO copies (writer, key_version, hashed_id, range, writer_index, key, content)
            VALUES ($writer, $version, $hashed, $range, $index, $key, $content)
            ON CONFLICT (range, writer_index) DO UPDATE SET
                writer = excluded.writer, key_version = excluded.key_version, hashed_id = excluded.hashed_id,
                key = excluded.key, content = excluded.content
            """,
            "$writer", "$version", "$hashed", "$range", "$index", "$key", "$content");
        find = new PreparedStatement(
            connection,
            "SELECT content FROM copies WHERE writer = $writer AND key_version = $version AND hashed_id = $hashed",
            "$writer", "$version", "$hashed");
        count = new PreparedStatement(
            connection, "SELECT key, COUNT(*) FROM copies WHERE range = $range GROUP BY key", "$range");
        has = new PreparedStatement(
            connection,
            "SELECT key FROM copies WHERE range = $range AND writer_index = $index", "$range", "$index");
        remove = new PreparedStatement(
            connection,
            "DELETE FROM copies WHERE writer = $writer AND key_version = $version AND hashed_id = $hashed",
            "$writer", "$version", "$hashed");
        SealedFile.WorkOff(
            connection, keys, PlainTable, ["writer", "key_version", "hashed_id"],
            static row => PersonOf(RangeOf(row)), AddPlain);
        emptied = new EmptiedKeys(connection, "copies", keys);
    }

    /// <summary>Keeps verified copies, in one synced transaction; one that is there is written anew.</summary>
    public void AddAll(IReadOnlyList<VerifiedCopy> copies)
    {
        lock (gate)
        {
            keys.Prepare([.. copies.Select(static copy => PersonOf(copy.Range)).Distinct()]);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            foreach (VerifiedCopy copy in copies)
            {
                Add(
                    transaction,
                    copy.Range,
                    copy.Leaf.Index,
                    new RecordLocator(
                        copy.Leaf.Locator.KeyVersion, HashedId.Read(copy.Leaf.Locator.HashedId.Span)),
                    new CustodyContent
                    {
                        Type = (uint)copy.Record.Type,
                        TimeUnixMs = copy.Record.Time.ToUnixTimeMilliseconds(),
                        Committed = ByteString.CopyFrom(copy.Record.Committed.Span),
                        Salt = ByteString.CopyFrom(copy.Record.Salt.Span),
                    });
            }

            transaction.Commit();
        }
    }

    /// <summary>The copy behind a writer's locator; null where there is none, or where its key was erased.</summary>
    public KeptRecord? Find(Address writer, uint keyVersion, HashedId hashedId)
    {
        byte[]? content;
        lock (gate)
        {
            content = (byte[]?)find.Scalar(null, writer.ToArray(), (long)keyVersion, hashedId.ToArray());
        }

        return content is not null
            && keys.Open(ContextOf(writer, new RecordLocator(keyVersion, hashedId)), content) is
                { IsKeyErased: false } opened
                ? RecordOf(CustodyContent.Parser.ParseFrom(opened.Bytes))
                : null;
    }

    /// <summary>How many records of a range are kept, under keys that are there.</summary>
    public ulong Count(byte[] rangeKey)
    {
        byte[] range = DigestOf(rangeKey);
        ulong kept = 0;
        lock (gate)
        {
            using DbDataReader rows = count.Rows(null, range);
            while (rows.Read())
            {
                kept += keys.Has(rows.GetInt64(0)) ? (ulong)rows.GetInt64(1) : 0;
            }
        }

        return kept;
    }

    /// <summary>Whether the record at a place of a range is kept, under a key that is there.</summary>
    public bool Has(byte[] rangeKey, ulong index)
    {
        byte[] range = DigestOf(rangeKey);
        lock (gate)
        {
            return has.Scalar(null, range, (long)index) is long key && keys.Has(key);
        }
    }

    /// <summary>
    /// Erases copies of what their writers have erased, in one synced transaction, and the key where it was the last of
    /// a learner's by that writer; returns how many were kept. The bytes are gone from the file after
    /// <see cref="Scrub"/>.
    /// </summary>
    public int Erase(IReadOnlyList<(Address Writer, RecordLocator Locator)> erased)
    {
        lock (gate)
        {
            int gone;
            using (SqliteTransaction transaction = connection.BeginTransaction(deferred: false))
            {
                gone = erased.Sum(one => remove.Run(
                    transaction, one.Writer.ToArray(), (long)one.Locator.KeyVersion, one.Locator.Id.ToArray()));
                transaction.Commit();
            }

            emptied.Erase();
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
            emptied.Dispose();
            insert.Dispose();
            find.Dispose();
            count.Dispose();
            remove.Dispose();
            has.Dispose();
            connection.Dispose();
        }
    }

    private static string PersonOf(RangeName range) =>
        PersonKeys.Named("custody", $"{range.Writer} {range.Learner}");

    private static RangeName RangeOf(PlainRow row)
    {
        bool isRange = RangeName.TryRead(row.Bytes("range"), out RangeName range);
        Invariant.That(isRange);
        return range;
    }

    private static byte[] ContextOf(Address writer, RecordLocator locator)
    {
        byte[] version = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(version, locator.KeyVersion);
        return [.. "custody"u8, .. writer.ToArray(), .. version, .. locator.Id.ToArray()];
    }

    private static KeptRecord RecordOf(CustodyContent content) => new(
        (RecordType)content.Type,
        DateTimeOffset.FromUnixTimeMilliseconds(content.TimeUnixMs),
        content.Committed.Memory,
        content.Salt.Memory);

    private void AddPlain(DbTransaction transaction, PlainRow row) => Add(
        transaction,
        RangeOf(row),
        (ulong)row.Number("writer_index"),
        new RecordLocator(checked((uint)row.Number("key_version")), HashedId.Read(row.Bytes("hashed_id"))),
        new CustodyContent
        {
            Type = checked((uint)row.Number("type")),
            TimeUnixMs = row.Number("time_ms"),
            Committed = ByteString.CopyFrom(row.Bytes("committed")),
            Salt = ByteString.CopyFrom(row.Bytes("salt")),
        });

    private void Add(
        DbTransaction transaction, RangeName range, ulong index, RecordLocator locator, CustodyContent content)
    {
        byte[] value = keys.Seal(PersonOf(range), ContextOf(range.Writer, locator), content.ToByteArray());
        insert.Run(
            transaction, range.Writer.ToArray(), (long)locator.KeyVersion, locator.Id.ToArray(),
            DigestOf(range.ToRawKey()), (long)index, PersonKeys.KeyIdOf(value), value);
    }

    private byte[] DigestOf(byte[] rangeKey) =>
        keys.DigestBytes(DigestKinds.CustodyRange, Convert.ToHexString(rangeKey));
}
