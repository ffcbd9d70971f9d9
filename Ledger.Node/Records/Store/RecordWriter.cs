using System.Data.Common;
using System.Globalization;
using System.Runtime.InteropServices;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>Takes records into the store: rows, outbox, index, and what statements tell beside.</summary>
internal sealed class RecordWriter : IDisposable
{
    private static readonly string[] Columns =
    [
        "sequence", "type", "id", "actor", "verb", "stored_ms", "commitment", "key_version", "hashed_id", "state",
        "content",
    ];

    private readonly StoreSeals seals;
    private readonly RecordRows rows;
    private readonly IntakeGroups groups;
    private readonly LocatorKey locatorKey;
    private readonly PreparedStatement existing;
    private readonly PreparedStatement last;
    private readonly RowInserter records;
    private readonly RowInserter outbox;
    private readonly AttachmentTable attachments;
    private readonly StatementIndex index;
    private readonly ListingIndex listing;

    public RecordWriter(
        StoreSession session,
        StoreSeals seals,
        StatementIndex index,
        ListingIndex listing,
        StoreClock clock,
        LocatorKey locatorKey)
    {
        this.seals = seals;
        this.index = index;
        this.listing = listing;
        this.locatorKey = locatorKey;
        rows = new RecordRows(seals);
        groups = new IntakeGroups(session, clock);
        DbConnection connection = session.Connection;
        existing = new PreparedStatement(
            connection, $"SELECT {RecordRows.Columns} FROM records r WHERE r.id = @id", "@id");
        last = new PreparedStatement(connection, "SELECT coalesce(max(sequence), 0) FROM records");
        records = new RowInserter(connection, "records", Columns, string.Empty);
        outbox = new RowInserter(connection, "outbox", ["sequence"], string.Empty);
        attachments = new AttachmentTable(connection, seals);
    }

    /// <summary>
    /// Stores all records and the bytes of their attachments in one transaction, or nothing. Throws
    /// <see cref="ErasedRecordException"/> where one of them is there, and its key was erased.
    /// </summary>
    public IntakeResult AddAll(
        IReadOnlyList<IntakeRecord> batch, IReadOnlyList<AttachmentContent> contents, string authority)
    {
        // Keys, hashing and sealing need no lock, and the lock is held through a disk sync.
        int epoch = seals.Epoch;
        seals.Prepare(PersonsOf(batch));
        PreparedRecord[] prepared = [.. batch.Select(one => Prepare(one, authority))];
        PreparedAttachment[] attached = [.. contents.Select(one => PreparedAttachment.Of(seals, one, batch))];
        return groups.Store(new WaitingIntake(
            prepared.Length, (transaction, stored) => AddAll(transaction, stored, epoch, prepared, attached)));
    }

    public void Dispose()
    {
        existing.Dispose();
        last.Dispose();
        records.Dispose();
        outbox.Dispose();
        attachments.Dispose();
    }

    private static HashSet<string> PersonsOf(IReadOnlyList<IntakeRecord> batch)
    {
        HashSet<string> persons = new(StringComparer.Ordinal);
        foreach (IntakeRecord record in batch)
        {
            persons.Add(record.ActorKey);
            foreach (SeenName name in record.Facts?.Names ?? [])
            {
                persons.Add(name.Agent);
            }
        }

        return persons;
    }

    private PreparedRecord Prepare(IntakeRecord record, string authority)
    {
        byte[] salt = RecordCommitment.FreshSalt();
        RecordContent content = new(
            record.Id, record.ActorKey, record.VerbIri, record.Time, authority, record.Facts?.Version ?? string.Empty,
            RefusalCode: null, salt, record.Committed);
        byte[] hashedId = locatorKey.Hash(record.Id).ToArray();
        byte[] context = SealContexts.Record(record.Type, locatorKey.Version, hashedId);
        byte[] bytes = content.ToBytes();
        return new PreparedRecord(
            record,
            RecordKeys.Of(seals, record.Type, content, record.Facts),
            RecordCommitment.Compute(record.Record, salt).ToArray(),
            hashedId,
            context,
            bytes,
            seals.Seal(record.ActorKey, context, bytes));
    }

    private IntakeResult AddAll(
        DbTransaction transaction,
        long storedMs,
        int epoch,
        IReadOnlyList<PreparedRecord> batch,
        IReadOnlyList<PreparedAttachment> contents)
    {
        List<PreparedRecord> added = new(batch.Count);
        Dictionary<SearchKey, IntakeRecord> inBatch = [];
        foreach (PreparedRecord one in batch)
        {
            IntakeRecord record = one.Intake;
            ReadOnlyMemory<byte>? known = inBatch.TryGetValue(one.Keys.Id, out IntakeRecord? earlier)
                ? earlier.Committed
                : Existing(transaction, one);
            if (known is null)
            {
                inBatch.Add(one.Keys.Id, record);
                added.Add(one);
            }
            else if (!StatementComparer.IsSame(record, known.Value.Span))
            {
                return IntakeResult.Conflict(record.Path);
            }
        }

        // A key that was retired meanwhile goes soon, and would take with it what came after.
        Insert(transaction, storedMs, epoch == seals.Epoch ? added : [.. added.Select(SealAgain)]);
        foreach (PreparedAttachment content in contents)
        {
            attachments.Keep(transaction, content);
        }

        return new IntakeResult([.. batch.Select(one => one.Intake.Id)], added.Count, null);
    }

    private ReadOnlyMemory<byte>? Existing(DbTransaction transaction, PreparedRecord one)
    {
        // Nobody can say whether a damaged one has the same meaning.
        if (rows.Sound(existing.Rows(transaction, one.Keys.Id.ToArray())) is not { } known)
        {
            return null;
        }

        return known.State == RecordState.Erased ? throw new ErasedRecordException(one.Intake.Path) : known.Committed;
    }

    private PreparedRecord SealAgain(PreparedRecord one) =>
        one with { Sealed = seals.Seal(one.Intake.ActorKey, one.Context, one.Content) };

    private void Insert(DbTransaction transaction, long storedMs, List<PreparedRecord> added)
    {
        long next = Convert.ToInt64(last.Scalar(transaction), CultureInfo.InvariantCulture) + 1;
        List<object?> values = new(added.Count * Columns.Length);
        List<EnteredStatement> statements = new(added.Count);
        for (int at = 0; at < added.Count; at++)
        {
            values.AddRange(Row(next + at, storedMs, added[at]));
            if (added[at].Intake.Facts is { } facts)
            {
                statements.Add(new EnteredStatement(next + at, added[at].Keys, facts.Voids));
            }
        }

        records.Insert(transaction, CollectionsMarshal.AsSpan(values));
        outbox.Insert(transaction, [.. Enumerable.Range(0, added.Count).Select(at => (object?)(next + at))]);
        index.Enter(transaction, statements);
        foreach (PreparedRecord one in added)
        {
            if (one.Intake.Facts is { } facts)
            {
                index.EnterTold(transaction, facts);
            }
        }

        listing.Enter(transaction, added.Select((one, at) => (next + at, one.Keys)));
    }

    private ReadOnlySpan<object?> Row(long sequence, long storedMs, PreparedRecord one) => new object?[]
    {
        sequence, (long)one.Intake.Type, one.Keys.Id.ToArray(), one.Keys.Actor.ToArray(), one.Keys.Verb.ToArray(),
        storedMs, one.Commitment, (long)locatorKey.Version, one.HashedId, (long)RecordState.Stored, one.Sealed,
    };
}
