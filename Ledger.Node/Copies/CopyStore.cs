using System.Data.Common;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Records;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Copies;

/// <summary>
/// Copies of other institutions' granted records, in an SQLite file of their own: they are nobody's to anchor or to
/// hand on. What is kept and what is removed stands in a journal, in the same synced transaction; what is removed is
/// overwritten.
/// </summary>
public sealed class CopyStore : IDisposable
{
    /// <summary>Copies of all learners: some years of an exchange programme, and below a gigabyte.</summary>
    public const int CopiesMax = 200_000;

    /// <summary>Entries of the journal, the newest.</summary>
    public const int JournalMax = 10_000;

    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE copies (
            learner BLOB NOT NULL, verb TEXT NOT NULL, writer BLOB NOT NULL, place INTEGER NOT NULL,
            grant_number INTEGER NOT NULL, until INTEGER NOT NULL, box BLOB NOT NULL, height INTEGER NOT NULL,
            record BLOB NOT NULL, receipt BLOB NOT NULL,
            PRIMARY KEY (learner, verb, writer, place)
        ) STRICT;
        CREATE INDEX copies_by_end ON copies (until) WHERE until > 0;
        CREATE TABLE journal (
            number INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, what TEXT NOT NULL,
            learner BLOB NOT NULL, verb TEXT NOT NULL, writer BLOB NOT NULL, records INTEGER NOT NULL
        ) STRICT;
        """;

    private const string OfGroup =
        "learner = $learner AND verb = $verb AND writer = $writer AND grant_number = $grant";

    private const string OfPlace = "learner = $learner AND verb = $verb AND writer = $writer AND place = $place";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;

    /// <summary>Opens the file, or makes it.</summary>
    public CopyStore(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        RecordDatabase.Execute(connection, "PRAGMA secure_delete = ON");
    }

    /// <summary>
    /// Keeps copies in one transaction; returns how many were not kept before, or null, and nothing kept, where there
    /// is no room. One that is there gets the right and the time of the new one.
    /// </summary>
    public int? Keep(IReadOnlyList<KeptCopy> copies, long nowUnixMs)
    {
        lock (gate)
        {
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
                Note(transaction, "kept", group.Key.Item1, group.Key.Item2, group.Count(), nowUnixMs);
            }

            transaction.Commit();
            return (int)(after - before);
        }
    }

    /// <summary>The groups, with how many copies each has and when the first of them ends (0 for never).</summary>
    public IReadOnlyList<(CopyGroupName Group, long Records, long UntilUnixMs)> Groups()
    {
        lock (gate)
        {
            List<(CopyGroupName, long, long)> groups = [];
            using SqliteCommand command = Command(
                null,
                "SELECT learner, verb, writer, grant_number, COUNT(*), MIN(NULLIF(until, 0)) FROM copies "
                    + "GROUP BY learner, verb, writer, grant_number ORDER BY learner, verb, writer, grant_number");
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                groups.Add((GroupOf(rows), rows.GetInt64(4), rows.IsDBNull(5) ? 0 : rows.GetInt64(5)));
            }

            return groups;
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
                "SELECT learner, verb, writer, grant_number, until, box, height, record, receipt FROM copies "
                    + "WHERE learner = $learner AND ($verb IS NULL OR verb = $verb) AND (until = 0 OR until > $now) "
                    + "ORDER BY verb, writer, place",
                ("$learner", learner.ToArray()), ("$verb", (object?)verb ?? DBNull.Value), ("$now", nowUnixMs));
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                found.Add(new KeptCopy(
                    GroupOf(rows), rows.GetInt64(4), new Address((byte[])rows[5]), (ulong)rows.GetInt64(6),
                    ReleasedRecord.Parser.ParseFrom((byte[])rows[7]), (byte[])rows[8]));
            }

            return found;
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
                ("$learner", group.Llpc.Learner.ToArray()), ("$verb", group.Llpc.Verb),
                ("$writer", group.Writer.ToArray()), ("$grant", (long)group.Grant));
            if (removed > 0)
            {
                Note(transaction, "ended", group.Llpc, group.Writer, removed, nowUnixMs);
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
        "learner = $learner", "dropped", nowUnixMs, ("$learner", learner.ToArray()));

    /// <summary>Removes copies of what its writer has erased; returns how many there were.</summary>
    public long Erase(LlpcName llpc, Address writer, IEnumerable<ulong> places, long nowUnixMs)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            long removed = places.Sum(place => Run(
                transaction,
                $"DELETE FROM copies WHERE {OfPlace}",
                ("$learner", llpc.Learner.ToArray()), ("$verb", llpc.Verb), ("$writer", writer.ToArray()),
                ("$place", (long)place)));
            if (removed > 0)
            {
                Note(transaction, "erased", llpc, writer, removed, nowUnixMs);
            }

            transaction.Commit();
            return removed;
        }
    }

    /// <summary>Whether the record at a place is kept.</summary>
    public bool Has(LlpcName llpc, Address writer, ulong place)
    {
        lock (gate)
        {
            using SqliteCommand command = Command(
                null,
                $"SELECT COUNT(*) FROM copies WHERE {OfPlace}",
                ("$learner", llpc.Learner.ToArray()), ("$verb", llpc.Verb), ("$writer", writer.ToArray()),
                ("$place", (long)place));
            return (long)command.ExecuteScalar()! > 0;
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

    /// <summary>The newest entries of the journal, the newest first.</summary>
    public IReadOnlyList<CopyJournalEntry> Journal(int entriesMax)
    {
        lock (gate)
        {
            List<CopyJournalEntry> entries = [];
            using SqliteCommand command = Command(
                null,
                "SELECT learner, verb, writer, time, what, records FROM journal ORDER BY number DESC LIMIT $max",
                ("$max", entriesMax));
            using DbDataReader rows = command.ExecuteReader();
            while (rows.Read())
            {
                entries.Add(new CopyJournalEntry(
                    rows.GetInt64(3), rows.GetString(4),
                    new LlpcName(new Address((byte[])rows[0]), rows.GetString(1)), new Address((byte[])rows[2]),
                    rows.GetInt64(5)));
            }

            return entries;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            connection.Dispose();
        }
    }

    private long RemoveWhere(string condition, string what, long nowUnixMs, (string Name, object Value) parameter)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            Run(
                transaction,
                "INSERT INTO journal (time, what, learner, verb, writer, records) "
                    + $"SELECT $time, $what, learner, verb, writer, COUNT(*) FROM copies WHERE {condition} "
                    + "GROUP BY learner, verb, writer",
                parameter, ("$time", nowUnixMs), ("$what", what));
            long removed = Run(transaction, $"DELETE FROM copies WHERE {condition}", parameter);
            transaction.Commit();
            Overwrite(removed);
            return removed;
        }
    }

    // What was removed is out of the file, and out of the log before it.
    private void Overwrite(long removed)
    {
        if (removed > 0)
        {
            RecordDatabase.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    private long Count(SqliteTransaction transaction)
    {
        using SqliteCommand command = Command(transaction, "SELECT COUNT(*) FROM copies");
        return (long)command.ExecuteScalar()!;
    }

    private void Insert(SqliteTransaction transaction, KeptCopy copy) => Run(
        transaction,
        "INSERT INTO copies "
            + "VALUES ($learner, $verb, $writer, $place, $grant, $until, $box, $height, $record, $receipt) "
            + "ON CONFLICT (learner, verb, writer, place) DO UPDATE "
            + "SET grant_number = excluded.grant_number, until = excluded.until",
        ("$learner", copy.Llpc.Learner.ToArray()), ("$verb", copy.Llpc.Verb),
        ("$writer", copy.Group.Writer.ToArray()), ("$place", (long)copy.Record.Leaf.Index),
        ("$grant", (long)copy.Group.Grant), ("$until", copy.UntilUnixMs), ("$box", copy.Box.ToArray()),
        ("$height", (long)copy.Height), ("$record", Google.Protobuf.MessageExtensions.ToByteArray(copy.Record)),
        ("$receipt", copy.Receipt));

    private void Note(
        SqliteTransaction transaction, string what, LlpcName llpc, Address writer, long records, long nowUnixMs)
    {
        Run(
            transaction,
            "INSERT INTO journal (time, what, learner, verb, writer, records) "
                + "VALUES ($time, $what, $learner, $verb, $writer, $records)",
            ("$time", nowUnixMs), ("$what", what), ("$learner", llpc.Learner.ToArray()), ("$verb", llpc.Verb),
            ("$writer", writer.ToArray()), ("$records", records));
        Run(
            transaction,
            "DELETE FROM journal WHERE number <= (SELECT MAX(number) FROM journal) - $max", ("$max", JournalMax));
    }

    private long Run(SqliteTransaction transaction, string sql, params (string Name, object Value)[] parameters)
    {
        using SqliteCommand command = Command(transaction, sql, parameters);
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

    private static CopyGroupName GroupOf(DbDataReader row) => new(
        new LlpcName(new Address((byte[])row[0]), row.GetString(1)),
        new Address((byte[])row[2]),
        (ulong)row.GetInt64(3));
}
