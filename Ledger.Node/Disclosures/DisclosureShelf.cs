using System.Data.Common;
using System.Text;
using Ledger.Client.Protos;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Disclosures;

/// <summary>
/// What learners share by a link, and what they have withdrawn, in an SQLite file. Words and files rest sealed under
/// the learner's key: once that is erased, what was shared is withdrawn. A withdrawal is on disk before it is
/// acknowledged, and takes the file with it.
/// </summary>
public sealed class DisclosureShelf : IDisposable
{
    /// <summary>Files that a learner shares at a time; with the longest ones 10 MiB.</summary>
    public const int SharedMax = 20;

    /// <summary>Disclosures of a learner that are remembered, withdrawn ones included.</summary>
    public const int RememberedMax = 1_000;

    /// <summary>How long one that has ended is still listed.</summary>
    public static readonly TimeSpan ListedAfterEnd = TimeSpan.FromDays(30);

    private const string PlainTable = "plain_disclosures";

    private const string SetAside =
        $"DROP INDEX disclosures_by_end; ALTER TABLE disclosures RENAME TO {PlainTable}";

    private const string Tables = """
        CREATE TABLE disclosures (
            learner BLOB NOT NULL,
            id BLOB NOT NULL,
            since INTEGER NOT NULL,
            ends INTEGER NOT NULL,
            withdrawn INTEGER NOT NULL,
            words BLOB NOT NULL,
            file BLOB,
            PRIMARY KEY (learner, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX disclosures_by_end ON disclosures (ends);
        """;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly PersonKeys keys;
    private readonly SqliteConnection connection;
    private readonly PreparedStatement forget;
    private readonly PreparedStatement empty;
    private readonly PreparedStatement count;
    private readonly PreparedStatement share;
    private readonly PreparedStatement withdraw;
    private readonly PreparedStatement find;
    private readonly PreparedStatement list;

    /// <summary>Opens the file, or makes it; seals what an earlier version kept plain.</summary>
    /// <exception cref="SealingKeysException">Its contents are sealed under other keys.</exception>
    public DisclosureShelf(string path, PersonKeys keys, TimeProvider time)
    {
        this.time = time;
        this.keys = keys;
        connection = SealedFile.Open(path, keys, Tables, SetAside);
        forget = new PreparedStatement(
            connection, "DELETE FROM disclosures WHERE ends > 0 AND ends <= $before", "$before");
        empty = new PreparedStatement(
            connection, "UPDATE disclosures SET file = NULL WHERE ends > 0 AND ends <= $now AND file IS NOT NULL",
            "$now");
        count = new PreparedStatement(
            connection,
            "SELECT words, file IS NOT NULL FROM disclosures WHERE learner = $learner AND id <> $id",
            "$learner", "$id");
        share = new PreparedStatement(
            connection,
            "INSERT INTO disclosures (learner, id, since, ends, withdrawn, words, file) "
                + "VALUES ($learner, $id, $since, $ends, $withdrawn, $words, $file) "
                + "ON CONFLICT (learner, id) DO NOTHING",
            "$learner", "$id", "$since", "$ends", "$withdrawn", "$words", "$file");
        withdraw = new PreparedStatement(
            connection,
            "INSERT INTO disclosures (learner, id, since, ends, withdrawn, words, file) "
                + "VALUES ($learner, $id, $since, 0, 1, x'', NULL) ON CONFLICT (learner, id) DO UPDATE "
                + "SET since = excluded.since, withdrawn = 1, file = NULL WHERE withdrawn = 0",
            "$learner", "$id", "$since");
        find = new PreparedStatement(
            connection,
            "SELECT id, since, ends, withdrawn, words, file FROM disclosures WHERE learner = $learner AND id = $id",
            "$learner", "$id");
        list = new PreparedStatement(
            connection,
            "SELECT id, since, ends, withdrawn, words, file FROM disclosures WHERE learner = $learner "
                + "ORDER BY since DESC, id",
            "$learner");
        SealedFile.WorkOff(
            connection, keys, PlainTable, ["learner", "id"],
            static row => PersonKeys.Learner(new Address(row.Bytes("learner"))), AddPlain);
    }

    /// <summary>
    /// Keeps a file until it ends or is withdrawn; one that is there stays as it is, and what was withdrawn stays
    /// withdrawn. False where the learner has too many.
    /// </summary>
    public bool TryShare(Address learner, Hash256 id, long endsUnixMs, string words, byte[] file)
    {
        lock (gate)
        {
            keys.Prepare([PersonKeys.Learner(learner)]);
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            bool hasRoom = HasRoom(transaction, learner, id, forFile: true);
            if (hasRoom)
            {
                share.Run(
                    transaction, learner.ToArray(), id.ToArray(), Now, endsUnixMs, 0L,
                    Seal(learner, id, "words"u8, Encoding.UTF8.GetBytes(words)), Seal(learner, id, "file"u8, file));
            }

            transaction.Commit();
            return hasRoom;
        }
    }

    /// <summary>
    /// Withdraws one, known or not, for good; false where the learner has too many and this one is not among them.
    /// </summary>
    public bool TryWithdraw(Address learner, Hash256 id)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            bool hasRoom = HasRoom(transaction, learner, id, forFile: false)
                || find.Scalar(transaction, learner.ToArray(), id.ToArray()) is not null;
            if (hasRoom)
            {
                withdraw.Run(transaction, learner.ToArray(), id.ToArray(), Now);
            }

            transaction.Commit();
            return hasRoom;
        }
    }

    /// <summary>What is known of one, or null.</summary>
    public ShelvedDisclosure? Find(Address learner, Hash256 id)
    {
        lock (gate)
        {
            using DbDataReader rows = find.Rows(null, learner.ToArray(), id.ToArray());
            return rows.Read() && Opens(learner, rows) ? Read(learner, rows) : null;
        }
    }

    /// <summary>All of a learner's, the newest first.</summary>
    public IReadOnlyList<ShelvedDisclosure> List(Address learner)
    {
        lock (gate)
        {
            List<ShelvedDisclosure> found = [];
            using DbDataReader rows = list.Rows(null, learner.ToArray());
            while (rows.Read())
            {
                if (Opens(learner, rows))
                {
                    found.Add(Read(learner, rows));
                }
            }

            return found;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            forget.Dispose();
            empty.Dispose();
            count.Dispose();
            share.Dispose();
            withdraw.Dispose();
            find.Dispose();
            list.Dispose();
            connection.Dispose();
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private bool HasRoom(SqliteTransaction transaction, Address learner, Hash256 id, bool forFile)
    {
        forget.Run(transaction, Now - (long)ListedAfterEnd.TotalMilliseconds);
        empty.Run(transaction, Now);
        int remembered = 0;
        int shared = 0;
        using DbDataReader rows = count.Rows(transaction, learner.ToArray(), id.ToArray());
        while (rows.Read())
        {
            remembered++;
            shared += rows.GetBoolean(1) && !IsErased((byte[])rows[0]) ? 1 : 0;
        }

        return remembered < RememberedMax && (!forFile || shared < SharedMax);
    }

    // A file goes with its words' key, and takes no room from then on.
    private bool IsErased(byte[] words) =>
        PersonKeys.IsSealed(words) && keys.IsErased(PersonKeys.KeyIdOf(words));

    private static byte[] ContextOf(Address learner, Hash256 id, ReadOnlySpan<byte> part) =>
        [.. "disclosures"u8, .. learner.ToArray(), .. id.ToArray(), .. part];

    private byte[] Seal(Address learner, Hash256 id, ReadOnlySpan<byte> part, byte[] content) =>
        keys.Seal(PersonKeys.Learner(learner), ContextOf(learner, id, part), content);

    private byte[]? Open(Address learner, Hash256 id, ReadOnlySpan<byte> part, byte[] value) =>
        value.Length > 0 ? keys.OpenOrPass(ContextOf(learner, id, part), value).BytesOrNull : null;

    // What does not open now was not withdrawn: until it opens again, nothing is said of it.
    private bool Opens(Address learner, DbDataReader row)
    {
        Hash256 id = new((byte[])row[0]);
        byte[] words = (byte[])row[4];
        return words.Length == 0
            || keys.OpenOrPass(ContextOf(learner, id, "words"u8), words)
                is { IsKeyErased: true } or { BytesOrNull: not null };
    }

    private void AddPlain(DbTransaction transaction, PlainRow row)
    {
        Address learner = new(row.Bytes("learner"));
        Hash256 id = new(row.Bytes("id"));
        share.Run(
            transaction, learner.ToArray(), id.ToArray(), row["since"], row["ends"], row["withdrawn"],
            Seal(learner, id, "words"u8, Encoding.UTF8.GetBytes(row.Text("words"))),
            row["file"] is byte[] file ? Seal(learner, id, "file"u8, file) : null);
    }

    private ShelvedDisclosure Read(Address learner, DbDataReader row)
    {
        Hash256 id = new((byte[])row[0]);
        long ends = row.GetInt64(2);
        bool hasEnded = ends > 0 && ends <= Now;
        byte[]? file = row.IsDBNull(5) ? null : Open(learner, id, "file"u8, (byte[])row[5]);
        bool isWithdrawn = row.GetInt64(3) != 0 || (file is null && !hasEnded);
        SharedState state = isWithdrawn ? SharedState.Withdrawn : hasEnded ? SharedState.Ended : SharedState.Shared;
        return new ShelvedDisclosure(
            id,
            state,
            state == SharedState.Ended ? ends : row.GetInt64(1),
            ends,
            Encoding.UTF8.GetString(Open(learner, id, "words"u8, (byte[])row[4]) ?? []),
            state == SharedState.Shared ? file : null);
    }
}
