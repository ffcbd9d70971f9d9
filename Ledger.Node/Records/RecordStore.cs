using System.Security.Cryptography;
using Ledger.Client.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Records;

/// <summary>
/// A learning record store on SQLite. What it acknowledges survives a power cut. One connection writes, under a lock;
/// another reads beside it. Throws <see cref="SqliteException"/> when the disk fails.
/// </summary>
public sealed class RecordStore : IDisposable
{
    private const int CheckValueBytes = 16;

    private readonly Lock writing = new();
    private readonly SqliteConnection writer;
    private readonly RecordReader reader;
    private readonly LocatorKey locatorKey;
    private readonly TimeProvider clock;
    private readonly PreparedStatement insert;
    private readonly PreparedStatement enqueue;
    private readonly PreparedStatement existing;

    /// <summary>
    /// Opens the file, or makes it. New records get locators under this key. Throws <see cref="RecordStoreException"/>
    /// when the file has another format, or knows another key of that version.
    /// </summary>
    public RecordStore(string path, LocatorKey locatorKey, TimeProvider clock)
    {
        this.locatorKey = locatorKey;
        this.clock = clock;
        writer = RecordDatabase.OpenWriter(path);
        RequireKey();
        insert = new PreparedStatement(
            writer,
            """
            INSERT INTO records (
                type, id, actor, verb, time_ms, stored_ms, authority,
                committed, salt, commitment, key_version, hashed_id, state)
            VALUES (
                $type, $id, $actor, $verb, $time, $stored, $authority,
                $committed, $salt, $commitment, $version, $hashed, 1)
            RETURNING sequence
            """,
            "$type", "$id", "$actor", "$verb", "$time", "$stored", "$authority", "$committed", "$salt", "$commitment",
            "$version", "$hashed");
        enqueue = new PreparedStatement(writer, "INSERT INTO outbox (sequence) VALUES ($sequence)", "$sequence");
        existing = new PreparedStatement(
            writer, "SELECT committed FROM records WHERE type = $type AND id = $id", "$type", "$id");
        reader = new RecordReader(path);
        Outbox = new Outbox(writer, writing);
    }

    /// <summary>What waits for the ledger.</summary>
    public Outbox Outbox { get; }

    /// <summary>
    /// Stores all records in one transaction, or none. A record whose id is there with the same meaning is not stored
    /// again; with another meaning it is a conflict, and nothing of the batch is stored.
    /// </summary>
    public IntakeResult AddAll(IReadOnlyList<IntakeRecord> records, string authority)
    {
        // Hashing needs no lock, and the lock is held through a disk sync.
        byte[][] salts = [.. records.Select(_ => RecordCommitment.FreshSalt())];
        byte[][] commitments =
            [.. records.Select((record, at) => RecordCommitment.Compute(record.Record, salts[at]).ToArray())];
        lock (writing)
        {
            using SqliteTransaction transaction = writer.BeginTransaction(deferred: false);
            long storedMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
            int added = 0;
            for (int at = 0; at < records.Count; at++)
            {
                if (existing.Scalar(transaction, (int)records[at].Type, records[at].Id) is byte[] known)
                {
                    if (!IsSame(records[at], known))
                    {
                        return IntakeResult.Conflict(records[at].Path);
                    }

                    continue;
                }

                Insert(transaction, records[at], authority, storedMs, salts[at], commitments[at]);
                added++;
            }

            transaction.Commit();
            return new IntakeResult([.. records.Select(record => record.Id)], added, null);
        }
    }

    /// <summary>The record of that id, or null.</summary>
    public StoredRecord? Find(RecordType type, string id) => reader.Find(type, id);

    /// <summary>The record behind a locator, or null.</summary>
    public StoredRecord? Find(uint keyVersion, HashedId hashedId) => reader.Find(keyVersion, hashedId);

    /// <summary>The record with this number of the store's own, or null.</summary>
    public StoredRecord? Find(long sequence) => reader.Find(sequence);

    /// <summary>The records that a query asks for.</summary>
    public IReadOnlyList<StoredRecord> Query(RecordQuery query) => reader.Query(query);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        reader.Dispose();
        lock (writing)
        {
            Outbox.Close();
            insert.Dispose();
            enqueue.Dispose();
            existing.Dispose();
            writer.Dispose();
        }
    }

    private static bool IsSame(IntakeRecord record, byte[] known)
    {
        if (!record.TimeFilledIn)
        {
            return record.Committed.Span.SequenceEqual(known);
        }

        // The client named no time, so the time that was filled in at first is part of what it means.
        string firstTime = CommittedRecord.Read(record.Type, known).Time;
        return StatementRules.WithTime(record, firstTime).Committed.Span.SequenceEqual(known);
    }

    private void Insert(
        SqliteTransaction transaction,
        IntakeRecord record,
        string authority,
        long storedMs,
        byte[] salt,
        byte[] commitment)
    {
        object? sequence = insert.Scalar(
            transaction,
            (int)record.Type,
            record.Id,
            record.ActorKey,
            record.VerbIri,
            record.Time.ToUnixTimeMilliseconds(),
            storedMs,
            authority,
            record.Committed.ToArray(),
            salt,
            commitment,
            (long)locatorKey.Version,
            locatorKey.Hash(record.Id).ToArray());
        enqueue.Run(transaction, sequence);
    }

    /// <summary>A key that was replaced without a new version would make locators that nobody resolves.</summary>
    private void RequireKey()
    {
        byte[] checkValue = SHA256.HashData(locatorKey.Hash("").ToArray())[..CheckValueBytes];
        using PreparedStatement remember = new(
            writer,
            "INSERT INTO locator_keys (version, check_value) VALUES ($version, $check) ON CONFLICT DO NOTHING",
            "$version", "$check");
        using PreparedStatement recall = new(
            writer, "SELECT check_value FROM locator_keys WHERE version = $version", "$version");
        remember.Run(null, (long)locatorKey.Version, checkValue);
        byte[] known = (byte[])recall.Scalar(null, (long)locatorKey.Version)!;
        if (!known.AsSpan().SequenceEqual(checkValue))
        {
            throw new RecordStoreException(
                $"The record store knows another locator key of version {locatorKey.Version}. "
                + "Give a new key a new version.");
        }
    }
}
