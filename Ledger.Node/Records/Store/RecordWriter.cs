using System.Data.Common;
using System.Globalization;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>Takes records into the store: rows, outbox, index, and what statements tell beside.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly string[] Columns =
    [
        "sequence", "type", "id", "actor", "verb", "time_ms", "stored_ms", "authority", "committed", "salt",
        "commitment", "key_version", "hashed_id", "state", "version",
    ];

    private readonly IntakeGroups groups;
    private readonly LocatorKey locatorKey;
    private readonly PreparedStatement existing;
    private readonly PreparedStatement last;
    private readonly RowInserter records;
    private readonly RowInserter outbox;
    private readonly RowInserter attachments;
    private readonly StatementIndex index;
    private readonly ListingIndex listing;

    public RecordWriter(
        StoreSession session, StatementIndex index, ListingIndex listing, StoreClock clock, LocatorKey locatorKey)
    {
        this.index = index;
        this.listing = listing;
        this.locatorKey = locatorKey;
        groups = new IntakeGroups(session, clock);
        DbConnection connection = session.Connection;
        existing = new PreparedStatement(
            connection, "SELECT committed FROM records WHERE type = @type AND id = @id", "@type", "@id");
        last = new PreparedStatement(connection, "SELECT coalesce(max(sequence), 0) FROM records");
        records = new RowInserter(connection, "records", Columns, string.Empty);
        outbox = new RowInserter(connection, "outbox", ["sequence"], string.Empty);
        attachments = new RowInserter(connection, "attachments", ["digest", "content"], "ON CONFLICT DO NOTHING");
    }

    /// <summary>Stores all records and the bytes of their attachments in one transaction, or nothing.</summary>
    public IntakeResult AddAll(
        IReadOnlyList<IntakeRecord> batch, IReadOnlyList<AttachmentContent> contents, string authority)
    {
        // Hashing needs no lock, and the lock is held through a disk sync.
        PreparedRecord[] prepared = [.. batch.Select(Prepare)];
        return groups.Store(new WaitingIntake(
            prepared.Length,
            (transaction, stored) => AddAll(transaction, stored, prepared, contents, authority)));
    }

    public void Dispose()
    {
        existing.Dispose();
        last.Dispose();
        records.Dispose();
        outbox.Dispose();
        attachments.Dispose();
    }

    private PreparedRecord Prepare(IntakeRecord record)
    {
        byte[] salt = RecordCommitment.FreshSalt();
        return new PreparedRecord(
            record,
            salt,
            RecordCommitment.Compute(record.Record, salt).ToArray(),
            locatorKey.Hash(record.Id).ToArray());
    }

    private IntakeResult AddAll(
        DbTransaction transaction,
        long storedMs,
        IReadOnlyList<PreparedRecord> batch,
        IReadOnlyList<AttachmentContent> contents,
        string authority)
    {
        List<PreparedRecord> added = new(batch.Count);
        Dictionary<(RecordType, string), IntakeRecord> inBatch = [];
        foreach (PreparedRecord one in batch)
        {
            IntakeRecord record = one.Intake;
            byte[]? known = inBatch.TryGetValue((record.Type, record.Id), out IntakeRecord? earlier)
                ? earlier.Committed.ToArray()
                : existing.Scalar(transaction, (long)record.Type, record.Id) as byte[];
            if (known is null)
            {
                inBatch.Add((record.Type, record.Id), record);
                added.Add(one);
            }
            else if (!StatementComparer.IsSame(record, known))
            {
                return IntakeResult.Conflict(record.Path);
            }
        }

        Insert(transaction, storedMs, added, authority);
        attachments.Insert(
            transaction,
            [.. contents.SelectMany(one => new object?[] { one.Digest.ToArray(), one.Content.ToArray() })]);
        return new IntakeResult([.. batch.Select(one => one.Intake.Id)], added.Count, null);
    }

    private void Insert(DbTransaction transaction, long storedMs, List<PreparedRecord> added, string authority)
    {
        long next = Convert.ToInt64(last.Scalar(transaction), CultureInfo.InvariantCulture) + 1;
        List<object?> rows = new(added.Count * Columns.Length);
        List<EnteredStatement> statements = new(added.Count);
        for (int at = 0; at < added.Count; at++)
        {
            IntakeRecord record = added[at].Intake;
            rows.AddRange(Row(next + at, storedMs, added[at], authority));
            if (record.Facts is { } facts)
            {
                statements.Add(new EnteredStatement(next + at, record.Id, facts, authority));
            }
        }

        records.Insert(transaction, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        outbox.Insert(transaction, [.. Enumerable.Range(0, added.Count).Select(at => (object?)(next + at))]);
        index.Enter(transaction, statements);
        listing.Enter(
            transaction,
            added.Select((one, at) => (next + at, one.Intake.ActorKey, one.Intake.VerbIri)));
    }

    private ReadOnlySpan<object?> Row(long sequence, long storedMs, PreparedRecord prepared, string authority)
    {
        IntakeRecord record = prepared.Intake;
        return new object?[]
        {
            sequence, (long)record.Type, record.Id, record.ActorKey, record.VerbIri,
            record.Time.ToUnixTimeMilliseconds(), storedMs, authority, record.Committed.ToArray(), prepared.Salt,
            prepared.Commitment, (long)locatorKey.Version, prepared.HashedId, (long)RecordState.Stored,
            record.Facts?.Version ?? string.Empty,
        };
    }
}
