using System.Data.Common;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Erasure;

/// <summary>
/// What is to be erased, written down before anything is: a crash between two steps loses no wish, and an older backup
/// of the records is erased again. A SQLite file of its own outside the folder of the records. It names nobody: records
/// by their locators and accounts by a digest, both under the institution's locator key, and keys by their random ids.
/// Used from any thread.
/// </summary>
public sealed class ErasureList : IErasedKeys, IDisposable
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "erasures.sqlite";

    private const long SchemaVersion = 1;

    private const string Tables = """
        CREATE TABLE orders (
            id BLOB PRIMARY KEY,
            listed_ms INTEGER NOT NULL,
            learner BLOB
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE records (
            key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL,
            order_id BLOB NOT NULL REFERENCES orders (id),
            stage INTEGER NOT NULL,
            height INTEGER,
            PRIMARY KEY (key_version, hashed_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX records_by_order ON records (order_id);
        CREATE INDEX records_by_stage ON records (stage);
        CREATE INDEX records_open ON records (key_version) WHERE height IS NULL;
        CREATE TABLE accounts (
            order_id BLOB NOT NULL REFERENCES orders (id),
            digest BLOB NOT NULL,
            PRIMARY KEY (order_id, digest)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE progress (
            followed INTEGER NOT NULL,
            unscrubbed INTEGER NOT NULL
        ) STRICT;
        INSERT INTO progress (followed, unscrubbed) VALUES (0, 0);
        INSERT INTO orders (id, listed_ms) VALUES (zeroblob(16), 0);
        """;

    // Of a file of an earlier version, too.
    private const string KeyTable = "CREATE TABLE IF NOT EXISTS keys (id INTEGER PRIMARY KEY) STRICT";

    private const string Columns = "key_version, hashed_id, stage, height";

    private readonly Lock gate = new();
    private readonly SqliteConnection connection;
    private readonly PreparedStatement addOrder;
    private readonly PreparedStatement addRecord;
    private readonly PreparedStatement addFollowed;
    private readonly PreparedStatement addAccount;
    private readonly PreparedStatement setStage;
    private readonly PreparedStatement setHeight;
    private readonly PreparedStatement atStage;
    private readonly PreparedStatement open;
    private readonly PreparedStatement ofOrder;
    private readonly PreparedStatement orders;
    private readonly PreparedStatement accounts;
    private readonly PreparedStatement follow;
    private readonly PreparedStatement addKey;
    private readonly PreparedStatement hasKey;
    private readonly PreparedStatement keys;

    /// <summary>Opens the file, or makes it.</summary>
    public ErasureList(string path)
    {
        connection = RecordDatabase.OpenWriter(path, Tables, SchemaVersion);
        RecordDatabase.Execute(connection, KeyTable);
        addOrder = Prepare(
            "INSERT INTO orders (id, listed_ms, learner) VALUES (@id, @listed, @learner)",
            "@id", "@listed", "@learner");
        // What is listed already stays with its first order; a record that came back goes again.
        addRecord = Prepare(
            """
            INSERT INTO records (key_version, hashed_id, order_id, stage) VALUES (@version, @hashed, @order, 0)
            ON CONFLICT (key_version, hashed_id) DO UPDATE SET stage = 0
            """,
            "@version", "@hashed", "@order");
        addFollowed = Prepare(
            """
            INSERT INTO records (key_version, hashed_id, order_id, stage) VALUES (@version, @hashed, @order, 0)
            ON CONFLICT (key_version, hashed_id) DO NOTHING
            """,
            "@version", "@hashed", "@order");
        addAccount = Prepare(
            "INSERT OR IGNORE INTO accounts (order_id, digest) VALUES (@order, @digest)", "@order", "@digest");
        setStage = Prepare(
            "UPDATE records SET stage = @stage WHERE key_version = @version AND hashed_id = @hashed",
            "@stage", "@version", "@hashed");
        setHeight = Prepare(
            "UPDATE records SET height = @height WHERE key_version = @version AND hashed_id = @hashed",
            "@height", "@version", "@hashed");
        atStage = Prepare(
            $"SELECT {Columns} FROM records WHERE stage = @stage LIMIT @limit", "@stage", "@limit");
        open = Prepare(
            $"SELECT {Columns} FROM records WHERE height IS NULL AND stage > 0 LIMIT @limit", "@limit");
        ofOrder = Prepare($"SELECT {Columns} FROM records WHERE order_id = @order", "@order");
        orders = Prepare(
            """
            SELECT o.id, o.listed_ms, o.learner, count(r.stage), coalesce(sum(r.stage > 0), 0),
                coalesce(sum(r.stage > 1), 0), count(r.height)
            FROM orders o LEFT JOIN records r ON r.order_id = o.id
            GROUP BY o.id ORDER BY o.listed_ms, o.id
            """);
        accounts = Prepare("SELECT digest FROM accounts WHERE order_id = @order", "@order");
        follow = Prepare("UPDATE progress SET followed = @height", "@height");
        addKey = Prepare("INSERT OR IGNORE INTO keys (id) VALUES (@id)", "@id");
        hasKey = Prepare("SELECT 1 FROM keys WHERE id = @id", "@id");
        keys = Prepare("SELECT id FROM keys");
    }

    /// <summary>Lists records and digests of accounts under a new order, in one synced transaction.</summary>
    public void Add(
        OrderId order,
        long listedUnixMs,
        Address? learner,
        IEnumerable<RecordLocator> records,
        IEnumerable<HashedId> accountDigests) => Change(transaction =>
    {
        addOrder.Run(transaction, order.ToArray(), listedUnixMs, learner?.ToArray());
        foreach (RecordLocator record in records)
        {
            addRecord.Run(transaction, (long)record.KeyVersion, record.Id.ToArray(), order.ToArray());
        }

        foreach (HashedId digest in accountDigests)
        {
            addAccount.Run(transaction, order.ToArray(), digest.ToArray());
        }

        // Of a learner there is something to erase though no account and no record are known.
        if (learner is not null)
        {
            RecordDatabase.Execute(connection, transaction, "UPDATE progress SET unscrubbed = 1");
        }
    });

    /// <summary>Lists what the ledger shows as erased, and notes that it was followed up to a height.</summary>
    public void Follow(IEnumerable<(RecordLocator Locator, ulong Height)> erased, ulong upTo) => Change(transaction =>
    {
        foreach ((RecordLocator locator, ulong height) in erased)
        {
            addFollowed.Run(
                transaction, (long)locator.KeyVersion, locator.Id.ToArray(), OrderId.OfLedger.ToArray());
            setHeight.Run(transaction, (long)height, (long)locator.KeyVersion, locator.Id.ToArray());
        }

        follow.Run(transaction, (long)upTo);
    });

    /// <summary>Up to which height the ledger was followed.</summary>
    public ulong FollowedHeight => (ulong)Progress("followed");

    /// <summary>Whether something was deleted that files may still hold, beside the records at that stage.</summary>
    public bool IsUnscrubbed => Progress("unscrubbed") != 0;

    /// <summary>Whether anything is to be done here or on the ledger.</summary>
    public bool HasWork => Progress(
        "unscrubbed OR EXISTS (SELECT 1 FROM records WHERE stage < 2) "
        + "OR EXISTS (SELECT 1 FROM records WHERE height IS NULL)") != 0;

    /// <summary>Notes that something is about to be deleted that files may still hold.</summary>
    public void NoteUnscrubbed() => Change(
        transaction => RecordDatabase.Execute(connection, transaction, "UPDATE progress SET unscrubbed = 1"));

    /// <summary>Notes that all files were written anew.</summary>
    public void NoteScrubbed() => Change(
        transaction => RecordDatabase.Execute(connection, transaction, "UPDATE progress SET unscrubbed = 0"));

    /// <summary>Notes how far files are with records.</summary>
    public void SetStage(IEnumerable<RecordLocator> records, ErasureStage stage) => Change(transaction =>
    {
        foreach (RecordLocator record in records)
        {
            setStage.Run(transaction, (int)stage, (long)record.KeyVersion, record.Id.ToArray());
        }
    });

    /// <summary>Notes that a record has its tombstone, or that the ledger never had it (0).</summary>
    public void Settle(IEnumerable<RecordLocator> records, ulong height) => Change(transaction =>
    {
        foreach (RecordLocator record in records)
        {
            setHeight.Run(transaction, (long)height, (long)record.KeyVersion, record.Id.ToArray());
        }
    });

    /// <summary>Records at a stage, so many at most.</summary>
    public IReadOnlyList<ListedRecord> At(ErasureStage stage, int limit) => Read(atStage, (int)stage, (long)limit);

    /// <summary>Records that are gone here and of which the ledger's part is open, so many at most.</summary>
    public IReadOnlyList<ListedRecord> Unsettled(int limit) => Read(open, (long)limit);

    /// <summary>The records of an order.</summary>
    public IReadOnlyList<ListedRecord> Of(OrderId order) => Read(ofOrder, order.ToArray());

    /// <summary>The orders, the oldest first; what the ledger alone tells of is one of them.</summary>
    public IReadOnlyList<ErasureOrder> Orders()
    {
        lock (gate)
        {
            List<ErasureOrder> found = [];
            using DbDataReader row = orders.Rows(null);
            while (row.Read())
            {
                found.Add(new ErasureOrder(
                    OrderId.Read(row.GetFieldValue<byte[]>(0)),
                    row.GetInt64(1),
                    row.IsDBNull(2) ? null : new Address(row.GetFieldValue<byte[]>(2)),
                    (ulong)row.GetInt64(3),
                    (ulong)row.GetInt64(4),
                    (ulong)row.GetInt64(5),
                    (ulong)row.GetInt64(6)));
            }

            return found;
        }
    }

    /// <summary>The digests of an order's accounts.</summary>
    public IReadOnlySet<HashedId> Accounts(OrderId order)
    {
        lock (gate)
        {
            HashSet<HashedId> digests = [];
            using DbDataReader row = accounts.Rows(null, order.ToArray());
            while (row.Read())
            {
                digests.Add(HashedId.Read(row.GetFieldValue<byte[]>(0)));
            }

            return digests;
        }
    }

    /// <inheritdoc/>
    public void NoteKeys(IReadOnlyCollection<long> ids) => Change(transaction =>
    {
        foreach (long id in ids)
        {
            addKey.Run(transaction, id);
        }
    });

    /// <inheritdoc/>
    public bool HasKey(long id)
    {
        lock (gate)
        {
            return hasKey.Scalar(null, id) is not null;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> ErasedKeys()
    {
        lock (gate)
        {
            List<long> ids = [];
            using DbDataReader row = keys.Rows(null);
            while (row.Read())
            {
                ids.Add(row.GetInt64(0));
            }

            return ids;
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            PreparedStatement[] all =
            [
                addOrder, addRecord, addFollowed, addAccount, setStage, setHeight, atStage, open, ofOrder, orders,
                accounts, follow, addKey, hasKey, keys,
            ];
            foreach (PreparedStatement statement in all)
            {
                statement.Dispose();
            }

            connection.Dispose();
        }
    }

    private long Progress(string column)
    {
        lock (gate)
        {
            return (long)RecordDatabase.Scalar(connection, null, $"SELECT {column} FROM progress")!;
        }
    }

    private IReadOnlyList<ListedRecord> Read(PreparedStatement statement, params object?[] values)
    {
        lock (gate)
        {
            List<ListedRecord> found = [];
            using DbDataReader row = statement.Rows(null, values);
            while (row.Read())
            {
                found.Add(new ListedRecord(
                    new RecordLocator(checked((uint)row.GetInt64(0)), HashedId.Read(row.GetFieldValue<byte[]>(1))),
                    (ErasureStage)row.GetInt32(2),
                    row.IsDBNull(3) ? null : (ulong)row.GetInt64(3)));
            }

            return found;
        }
    }

    private void Change(Action<DbTransaction> change)
    {
        lock (gate)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            change(transaction);
            transaction.Commit();
        }
    }

    private PreparedStatement Prepare(string sql, params ReadOnlySpan<string> parameters) =>
        new(connection, sql, parameters);
}
