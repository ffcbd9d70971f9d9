using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Records.Backends;

public sealed class StoreOpeningTests
{
    /// <summary>The tables of the first format, as the version before this one made them.</summary>
    private const string FirstFormat = """
        CREATE TABLE records (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL, id TEXT NOT NULL, actor TEXT NOT NULL,
            verb TEXT NOT NULL, time_ms INTEGER NOT NULL, stored_ms INTEGER NOT NULL, authority TEXT NOT NULL,
            committed BLOB NOT NULL, salt BLOB NOT NULL, commitment BLOB NOT NULL, key_version INTEGER NOT NULL,
            hashed_id BLOB NOT NULL, state INTEGER NOT NULL, height INTEGER, llpc BLOB, writer_index INTEGER,
            refusal TEXT, UNIQUE (type, id), UNIQUE (key_version, hashed_id)) STRICT;
        CREATE INDEX records_by_actor ON records (type, actor, verb, sequence);
        CREATE INDEX records_by_verb ON records (type, verb, sequence);
        CREATE TABLE outbox (sequence INTEGER PRIMARY KEY REFERENCES records (sequence)) STRICT;
        CREATE TABLE signed_batches (
            transaction_id BLOB PRIMARY KEY, bytes BLOB NOT NULL, last_valid_ms INTEGER NOT NULL) STRICT;
        CREATE TABLE signed_batch_records (
            sequence INTEGER PRIMARY KEY REFERENCES records (sequence),
            transaction_id BLOB NOT NULL REFERENCES signed_batches (transaction_id)) STRICT;
        CREATE INDEX signed_batch_records_by_batch ON signed_batch_records (transaction_id);
        CREATE TABLE locator_keys (version INTEGER PRIMARY KEY, check_value BLOB NOT NULL) STRICT;
        PRAGMA user_version = 1;
        """;

    private StoreFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new StoreFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void AFileOfTheFirstFormatIsBroughtUpToDate()
    {
        const int Older = 1_200;
        JsonObject voiding = Statements.Statement(Older, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(5) };
        Write(
        [
            .. Enumerable.Range(0, Older).Select(number => Statements.Intake(number)),
            Statements.Read(voiding.ToJsonString()),
        ]);
        using RecordStore store = folder.Open();
        Assert.Multiple(() =>
        {
            Assert.That(store.Outbox.Pending(0, 1000), Has.Count.EqualTo(1000));
            Assert.That(store.FindStatement(Statements.Id(5), isVoided: true), Is.Not.Null);
            Assert.That(
                store.Query((StatementQuery.All with { Limit = 3 }).With(SearchKind.Verb, Statements.Viewed))
                    .Records.Select(record => record.Id),
                Is.EqualTo(new[] { Older, Older - 1, Older - 2 }.Select(Statements.Id)));
            Assert.That(store.Find(1L)!.Version, Is.EqualTo("1.0.0"));
            Assert.That(store.AddAll([Statements.Intake(9_000)], "moodle").Added, Is.EqualTo(1));
        });
    }

    [Test]
    public void TimesThatAClockLeftInDisorderRiseAfterwards()
    {
        Write([Statements.Intake(0), Statements.Intake(1), Statements.Intake(2)], [5_000, 3_000, 6_000]);
        using RecordStore store = folder.Open();
        Assert.That(
            Enumerable.Range(1, 3).Select(number => store.Find((long)number)!.Stored.ToUnixTimeMilliseconds()),
            Is.EqualTo(new long[] { 5_000, 5_000, 6_000 }));
    }

    [Test]
    public void TwoStoresDoNotWriteToOneDatabaseServer()
    {
        using StoreBench bench = new(StoreKind.Postgres);
        using (bench.Open())
        {
            Assert.That(bench.Open, Throws.TypeOf<RecordStoreException>().With.Message.Contains("Another"));
        }

        bench.Open().Dispose();
    }

    private void Write(IReadOnlyList<IntakeRecord> records) =>
        Write(records, [.. Enumerable.Range(1, records.Count).Select(number => 1_000L * number)]);

    private void Write(IReadOnlyList<IntakeRecord> records, IReadOnlyList<long> stored)
    {
        using SqliteConnection connection = new($"Data Source={folder.File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = FirstFormat;
        command.ExecuteNonQuery();
        using SqliteTransaction transaction = connection.BeginTransaction();
        for (int at = 0; at < records.Count; at++)
        {
            IntakeRecord record = records[at];
            byte[] salt = RecordCommitment.FreshSalt();
            using SqliteCommand insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText =
                """
                INSERT INTO records (type, id, actor, verb, time_ms, stored_ms, authority, committed, salt, commitment,
                key_version, hashed_id, state) VALUES ($type, $id, $actor, $verb, 0, $stored, 'moodle', $committed,
                $salt, $commitment, 1, $hashed, 1);
                INSERT INTO outbox (sequence) VALUES (last_insert_rowid());
                """;
            insert.Parameters.AddWithValue("$type", (int)record.Type);
            insert.Parameters.AddWithValue("$id", record.Id);
            insert.Parameters.AddWithValue("$actor", record.ActorKey);
            insert.Parameters.AddWithValue("$verb", record.VerbIri);
            insert.Parameters.AddWithValue("$stored", stored[at]);
            insert.Parameters.AddWithValue("$committed", record.Committed.ToArray());
            insert.Parameters.AddWithValue("$salt", salt);
            insert.Parameters.AddWithValue("$commitment", RecordCommitment.Compute(record.Record, salt).ToArray());
            insert.Parameters.AddWithValue("$hashed", StoreFolder.Key().Hash(record.Id).ToArray());
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
