using System.Data.Common;
using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Copies;

/// <summary>
/// Copies of other institutions' granted records, in an SQLite file of their own: they are nobody's to anchor or to
/// hand on. What is kept and what is removed stands in a journal, in the same synced transaction; what is removed is
/// overwritten. A copy rests sealed under a key of its learner for copies alone, which goes with the last of them; the
/// journal, which stays, under the store's own.
/// </summary>
public sealed class CopyStore : IDisposable
{
    /// <summary>Copies of all learners: some years of an exchange programme, and below a gigabyte.</summary>
    public const int CopiesMax = 200_000;

    private const string PlainCopies = "plain_copies";
    private const string PlainJournal = "plain_journal";

    private const string SetAside =
        $"DROP INDEX copies_by_end; ALTER TABLE copies RENAME TO {PlainCopies}; "
            + $"ALTER TABLE journal RENAME TO {PlainJournal}";

    // Learner and verb are digests.
    private static readonly string Tables = $"""
        CREATE TABLE copies (
            learner BLOB NOT NULL, verb BLOB NOT NULL, writer BLOB NOT NULL, place INTEGER NOT NULL,
            grant_number INTEGER NOT NULL, until INTEGER NOT NULL, key INTEGER NOT NULL, name BLOB NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (learner, verb, writer, place)
        ) STRICT;
        CREATE INDEX copies_by_end ON copies (until) WHERE until > 0;
        {CopyJournal.Table}
        {EmptiedKeys.Tables("copies")}
        """;

    private const string OfGroup =
        "learner = $learner AND verb = $verb AND writer = $writer AND grant_number = $grant";

    private const string OfPlace = "learner = $learner AND verb = $verb AND writer = $writer AND place = $place";

    private readonly Lock gate = new();
    private readonly PersonKeys keys;
    private readonly CopySealing sealing;
    private readonly SqliteConnection connection;
    private readonly EmptiedKeys emptied;
    private readonly CopyJournal journal;
    private readonly CopyGroups groups;

    /// <summary>Opens the file, or makes it; seals what an earlier version kept plain.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public CopyStore(string path, PersonKeys keys)
    {
        this.keys = keys;
        sealing = new CopySealing(keys);
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        SealedFile.WorkOff(
            connection, keys, PlainCopies, ["learner", "verb", "writer", "place"],
            static row => CopySealing.PersonOf(new Address(row.Bytes("learner"))), AddPlainCopy);
        journal = new CopyJournal(connection, sealing);
        groups = new CopyGroups(connection, sealing);
        SealedFile.WorkOff(
            connection, keys, PlainJournal, ["number"], static _ => PersonKeys.Store,
            (transaction, row) => journal.AddPlain(transaction, row));
        emptied = new EmptiedKeys(connection, "copies", keys);
    }

    /// <summary>
    /// Keeps copies in one transaction; returns how many were not kept before, or null, and nothing kept, where there
    /// is no room. One that is there gets the right and the time of the new one.
    /// </summary>
    public int? Keep(IReadOnlyList<KeptCopy> copies, long nowUnixMs)
    {
        lock (gate)
        {
            keys.Prepare([.. copies.Select(static copy => CopySealing.PersonOf(copy.Llpc.Learner)).Distinct()]);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            long before = Count(transaction);
            foreach (KeptCopy copy in copies)
            {
                Insert(transaction, copy);
            }

            long after = Count(transaction);
            if (after > CopiesMax)
            {
                return null;
            }

            foreach (IGrouping<(LlpcName, Address), KeptCopy> group in copies.GroupBy(static copy =>
                (copy.Llpc, copy.Group.Writer)))
            {
                journal.Note(transaction, "kept", group.Key.Item1, group.Key.Item2, group.Count(), nowUnixMs);
            }

            transaction.Commit();
            return (int)(after - before);
        }
    }

    /// <summary>
    /// The groups, with how many copies each has and when the first of them ends (0 for never); without those that do
    /// not open: their key was erased, or is to be put back.
    /// </summary>
    public IReadOnlyList<(CopyGroupName Group, long Records, long UntilUnixMs)> Groups()
    {
        lock (gate)
        {
            return
            [
                .. groups.Where(null, "TRUE")
                    .OrderBy(static one => one.Group.Llpc.Learner.ToString(), StringComparer.Ordinal)
                    .ThenBy(static one => one.Group.Llpc.Verb, StringComparer.Ordinal)
                    .ThenBy(static one => one.Group.Writer.ToString(), StringComparer.Ordinal)
                    .ThenBy(static one => one.Group.Grant),
            ];
        }
    }

    /// <summary>Copies of a learner's records whose time is not over; of one verb, or of all for null.</summary>
    public IReadOnlyList<KeptCopy> Find(Address learner, string? verb, long nowUnixMs)
    {
        lock (gate)
        {
            List<KeptCopy> found = [];
            using SqliteCommand command = Command(
                null,
                "SELECT learner, verb, writer, grant_number, place, until, name, content FROM copies "
                    + "WHERE learner = $learner AND ($verb IS NULL OR verb = $verb) AND (until = 0 OR until > $now)",
                ("$learner", sealing.LearnerDigest(learner)),
                ("$verb", verb is null ? DBNull.Value : sealing.VerbDigest(verb)),
                ("$now", nowUnixMs));
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                if (Read(rows) is { } copy)
                {
                    found.Add(copy);
                }
            }

            return
            [
                .. found.OrderBy(static copy => copy.Llpc.Verb, StringComparer.Ordinal)
                    .ThenBy(static copy => copy.Group.Writer.ToString(), StringComparer.Ordinal)
                    .ThenBy(static copy => copy.Record.Leaf.Index),
            ];
        }
    }

    /// <summary>Removes a group, because its right has ended; returns how many copies it had.</summary>
    public long End(CopyGroupName group, long nowUnixMs)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            long removed = Run(
                transaction, $"DELETE FROM copies WHERE {OfGroup}",
                ("$learner", sealing.LearnerDigest(group.Llpc.Learner)), ("$verb", sealing.VerbDigest(group.Llpc.Verb)),
                ("$writer", group.Writer.ToArray()), ("$grant", (long)group.Grant));
            if (removed > 0)
            {
                journal.Note(transaction, "ended", group.Llpc, group.Writer, removed, nowUnixMs);
            }

            transaction.Commit();
            Overwrite(removed);
            return removed;
        }
    }

    /// <summary>Removes what has been kept as long as the limits allow; returns how many.</summary>
    public long EndRetention(long nowUnixMs) => RemoveWhere(
        "until > 0 AND until <= $now", "retention", nowUnixMs, ("$now", nowUnixMs));

    /// <summary>Removes all copies of a learner's records; returns how many.</summary>
    public long Drop(Address learner, long nowUnixMs) => RemoveWhere(
        "learner = $learner", "dropped", nowUnixMs, ("$learner", sealing.LearnerDigest(learner)));

    /// <summary>Removes copies of what its writer has erased; returns how many there were.</summary>
    public long Erase(LlpcName llpc, Address writer, IEnumerable<ulong> places, long nowUnixMs)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            long removed = places.Sum(place => Run(
                transaction,
                $"DELETE FROM copies WHERE {OfPlace}",
                ("$learner", sealing.LearnerDigest(llpc.Learner)), ("$verb", sealing.VerbDigest(llpc.Verb)),
                ("$writer", writer.ToArray()), ("$place", (long)place)));
            if (removed > 0)
            {
                journal.Note(transaction, "erased", llpc, writer, removed, nowUnixMs);
            }

            transaction.Commit();
            emptied.Erase();
            return removed;
        }
    }

    /// <summary>Whether the record at a place is kept, under a key that is there.</summary>
    public bool Has(LlpcName llpc, Address writer, ulong place)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(
                null,
                $"SELECT key FROM copies WHERE {OfPlace}",
                ("$learner", sealing.LearnerDigest(llpc.Learner)), ("$verb", sealing.VerbDigest(llpc.Verb)),
                ("$writer", writer.ToArray()), ("$place", (long)place));
            return command.ExecuteScalar() is long key && keys.Has(key);
        }
    }

    /// <summary>
    /// Writes the file of keys anew where it may hold keys of groups that ended; false where it must be done again.
    /// </summary>
    public bool ScrubKeys() => keys.Scrub();

    /// <summary>Writes the file anew, so that it holds nothing of what was erased.</summary>
    public bool Scrub()
    {
        lock (gate)
        {
            return RecordDatabase.Scrub(connection);
        }
    }

    /// <summary>The newest entries of the journal, the newest first.</summary>
    public IReadOnlyList<CopyJournalEntry> Journal(int entriesMax)
    {
        lock (gate)
        {
            return journal.Newest(entriesMax);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            emptied.Dispose();
            journal.Dispose();
            connection.Dispose();
        }
    }

    private long RemoveWhere(string condition, string what, long nowUnixMs, (string Name, object Value) parameter)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            // Of whom no key tells any more, the journal does not either.
            foreach (IGrouping<(LlpcName Llpc, Address Writer), long> one in groups
                .Where(transaction, condition, parameter)
                .GroupBy(static one => (one.Group.Llpc, one.Group.Writer), static one => one.Records))
            {
                journal.Note(transaction, what, one.Key.Llpc, one.Key.Writer, one.Sum(), nowUnixMs);
            }

            long removed = Run(transaction, $"DELETE FROM copies WHERE {condition}", parameter);
            transaction.Commit();
            Overwrite(removed);
            return removed;
        }
    }

    // What was removed is out of the file, and out of the log before it; and its key is erased where it was the last.
    private void Overwrite(long removed)
    {
        if (removed > 0)
        {
            emptied.Erase();
            RecordDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private long Count(SqliteTransaction transaction)
    {
        using SqliteCommand command = Command(transaction, "SELECT COUNT(*) FROM copies");
        return (long)command.ExecuteScalar()!;
    }

    private void Insert(DbTransaction transaction, KeptCopy copy)
    {
        CopyContent content = new()
        {
            Box = copy.Box.ToField(),
            Height = copy.Height,
            Record = copy.Record.ToByteString(),
            Receipt = ByteString.CopyFrom(copy.Receipt),
        };
        ulong place = copy.Record.Leaf.Index;
        Insert(
            transaction, sealing.Seal(copy.Llpc, copy.Group.Writer, place, content), copy.Group.Writer, place,
            (long)copy.Group.Grant, copy.UntilUnixMs);
    }

    // One that is there stays as it was read first, unless its key was erased.
    private void Insert(
        DbTransaction transaction, SealedCopy copy, Address writer, ulong place, long grant, long until) => Run(
        transaction,
        "INSERT INTO copies VALUES ($learner, $verb, $writer, $place, $grant, $until, $key, $name, $content) "
            + "ON CONFLICT (learner, verb, writer, place) DO UPDATE "
            + "SET grant_number = excluded.grant_number, until = excluded.until, key = excluded.key, "
            + "name = CASE WHEN key = excluded.key THEN name ELSE excluded.name END, "
            + "content = CASE WHEN key = excluded.key THEN content ELSE excluded.content END",
        ("$learner", copy.Learner), ("$verb", copy.Verb), ("$writer", writer.ToArray()), ("$place", (long)place),
        ("$grant", grant), ("$until", until), ("$key", copy.Key), ("$name", copy.Name), ("$content", copy.Content));

    private void AddPlainCopy(DbTransaction transaction, PlainRow row) => Insert(
        transaction, sealing.Seal(row), new Address(row.Bytes("writer")), (ulong)row.Number("place"),
        row.Number("grant_number"), row.Number("until"));

    private KeptCopy? Read(DbDataReader row)
    {
        byte[] learner = (byte[])row[0];
        byte[] verb = (byte[])row[1];
        Address writer = new((byte[])row[2]);
        return sealing.OpenName(learner, verb, (byte[])row[6]) is { } llpc
            && sealing.OpenContent(learner, verb, writer, (ulong)row.GetInt64(4), (byte[])row[7]) is { } content
                ? new KeptCopy(
                    new CopyGroupName(llpc, writer, (ulong)row.GetInt64(3)), row.GetInt64(5),
                    content.Box.ToAddress(), content.Height, ReleasedRecord.Parser.ParseFrom(content.Record),
                    content.Receipt.ToByteArray())
                : null;
    }

    private long Run(DbTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = Command((SqliteTransaction)transaction, sql, parameters);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(
        SqliteTransaction? transaction, string sql, params (string Name, object Value)[] parameters)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
