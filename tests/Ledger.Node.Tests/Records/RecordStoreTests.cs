using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Records;

public sealed class RecordStoreTests
{
    private StoreFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new StoreFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void TheSameStatementAgainIsOneRecord()
    {
        using RecordStore store = folder.Open();
        IntakeRecord first = Statements.Intake(1);
        JsonNode respelled = JsonNode.Parse(first.Committed.Span)!;
        string other = respelled.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        IntakeResult once = store.AddAll([first], "moodle");
        IntakeResult again = store.AddAll([Statements.Read(other)], "moodle");
        Assert.Multiple(() =>
        {
            Assert.That((once.Added, again.Added), Is.EqualTo((1, 0)));
            Assert.That(again.Ids, Is.EqualTo(once.Ids));
            Assert.That(store.Outbox.Pending(0, 10), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void AnIdInCapitalsIsTheSameId()
    {
        using RecordStore store = folder.Open();
        JsonObject capitals = Statements.Statement(10);
        capitals["id"] = Statements.Id(10).ToUpperInvariant();
        store.AddAll([Statements.Intake(10)], "moodle");
        Assert.That(store.AddAll([Statements.Read(capitals.ToJsonString())], "moodle").Added, Is.EqualTo(0));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void OnlyTheOwnerCanReadTheFile()
    {
        using RecordStore store = folder.Open();
        store.AddAll([Statements.Intake(1)], "moodle");
        UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.That(
            new[] { File.GetUnixFileMode(folder.File), File.GetUnixFileMode(folder.File + "-wal") },
            Is.EqualTo(new[] { owner, owner }));
    }

    [Test]
    public void AStatementWithoutATimeSentAgainLaterIsOneRecord()
    {
        using RecordStore store = folder.Open();
        JsonObject statement = Statements.Statement(1);
        statement.Remove("timestamp");
        DateTimeOffset later = folder.Clock.Now.AddHours(1);
        JsonCursor root = JsonTree.Parse(statement.Bytes()).Root;
        store.AddAll([StatementRules.Read(RecordType.XapiStatement, root, folder.Clock.Now, Guid.Empty)], "moodle");
        IntakeResult again =
            store.AddAll([StatementRules.Read(RecordType.XapiStatement, root, later, Guid.Empty)], "moodle");
        Assert.That((again.Added, again.ConflictPath), Is.EqualTo((0, (string?)null)));
    }

    [Test]
    public void AnotherMeaningUnderAnIdIsAConflictAndStoresNothing()
    {
        using RecordStore store = folder.Open();
        store.AddAll([Statements.Intake(1)], "moodle");
        IntakeResult result =
            store.AddAll(
                [Statements.Intake(2), Statements.Intake(1, student: "student-18"), Statements.Intake(3)], "moodle");
        Assert.Multiple(() =>
        {
            Assert.That(result.ConflictPath, Is.EqualTo(""));
            Assert.That(store.Find(RecordType.XapiStatement, Statements.Id(2)), Is.Null);
            Assert.That(store.Outbox.Pending(0, 10), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void ARecordIsFoundByItsIdAndByItsLocatorAfterReopening()
    {
        using (RecordStore store = folder.Open())
        {
            store.AddAll([Statements.Intake(1)], "moodle");
        }

        using RecordStore reopened = folder.Open();
        StoredRecord byId = reopened.Find(RecordType.XapiStatement, Statements.Id(1))!;
        StoredRecord byLocator = reopened.Find(1, StoreFolder.Key().Hash(Statements.Id(1)))!;
        Assert.Multiple(() =>
        {
            Assert.That(byLocator.Sequence, Is.EqualTo(byId.Sequence));
            Assert.That(byId.State, Is.EqualTo(RecordState.Stored));
            Assert.That(byId.ActorKey, Is.EqualTo("https://lms.example.org|student-17"));
            Assert.That(
                RecordCommitment.Matches(byId.Type, byId.Committed.Span, byId.Salt.Span, byId.Commitment), Is.True);
        });
    }

    [Test]
    public void EachRecordHasASaltOfItsOwn()
    {
        using RecordStore store = folder.Open();
        store.AddAll([.. Enumerable.Range(0, 20).Select(number => Statements.Intake(number))], "moodle");
        Assert.That(
            store.Outbox.Pending(0, 20).Select(record => Convert.ToHexString(record.Salt.Span)).Distinct().Count(),
            Is.EqualTo(20));
    }

    [Test]
    public void ANewLocatorKeyLeavesOldLocatorsAsTheyAre()
    {
        using (RecordStore store = folder.Open())
        {
            store.AddAll([Statements.Intake(1)], "moodle");
        }

        LocatorKey next = StoreFolder.Key(version: 2, fill: 9);
        using RecordStore reopened = folder.Open(next);
        reopened.AddAll([Statements.Intake(1), Statements.Intake(2)], "moodle");
        Assert.Multiple(() =>
        {
            Assert.That(reopened.Find(1, StoreFolder.Key().Hash(Statements.Id(1)))!.Id, Is.EqualTo(Statements.Id(1)));
            Assert.That(reopened.Find(2, next.Hash(Statements.Id(1))), Is.Null);
            Assert.That(reopened.Find(2, next.Hash(Statements.Id(2)))!.Id, Is.EqualTo(Statements.Id(2)));
        });
    }

    [Test]
    public void AnotherKeyOfTheSameVersionIsRefused()
    {
        folder.Open().Dispose();
        Assert.Throws<RecordStoreException>(() => folder.Open(StoreFolder.Key(fill: 8)));
    }

    [Test]
    public void AFileOfAnotherFormatIsRefused()
    {
        folder.Open().Dispose();
        using (SqliteConnection connection = new($"Data Source={folder.File};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.That(() => folder.Open(), Throws.TypeOf<RecordStoreException>().With.Message.Contains("99"));
    }

    [Test]
    public void WhatWasAcknowledgedIsThereAfterAPowerCut()
    {
        using RecordStore store = folder.Open();
        store.AddAll([Statements.Intake(1), Statements.Intake(2)], "moodle");
        string copy = folder.CopyOfFiles();
        store.AddAll([Statements.Intake(3)], "moodle");
        using RecordStore survivor = new(copy, folder.Keys, StoreFolder.Key(), folder.Clock);
        Assert.That(
            survivor.Outbox.Pending(0, 10).Select(record => record.Id),
            Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2) }));
    }

    [Test]
    public void ALogThatWasCutOffLosesOnlyTheLastTransaction()
    {
        using RecordStore store = folder.Open();
        store.AddAll([Statements.Intake(1)], "moodle");
        long acknowledged = new FileInfo(folder.File + "-wal").Length;
        store.AddAll([.. Enumerable.Range(2, 50).Select(number => Statements.Intake(number))], "moodle");
        string copy = folder.CopyOfFiles();
        using (FileStream log = new(copy + "-wal", FileMode.Open))
        {
            Assert.That(log.Length, Is.GreaterThan(acknowledged + 5000));
            log.SetLength(log.Length - 3000);
        }

        using RecordStore survivor = new(copy, folder.Keys, StoreFolder.Key(), folder.Clock);
        Assert.That(
            survivor.Outbox.Pending(0, 100).Select(record => record.Id), Is.EqualTo(new[] { Statements.Id(1) }));
    }

    [Test]
    public void QueriesNarrowByActorVerbAndTime()
    {
        using RecordStore store = folder.Open();
        DateTimeOffset start = folder.Clock.Now;
        for (int number = 0; number < 12; number++)
        {
            folder.Clock.Now = start.AddSeconds(number);
            string verb = number % 3 == 0 ? "https://example.org/verbs/unheard-of" : Statements.Viewed;
            store.AddAll([Statements.Intake(number, student: $"student-{number % 2}", verb: verb)], "moodle");
        }

        string actor = ActorKey.OfAccount(Statements.HomePage, "student-0");
        StatementQuery all = StatementQuery.All with { Ascending = true };
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(store, all), Is.EqualTo(Enumerable.Range(0, 12)));
            Assert.That(Numbers(store, all.With(SearchKind.Agent, actor)), Is.EqualTo(new[] { 0, 2, 4, 6, 8, 10 }));
            Assert.That(
                Numbers(store, all.With(SearchKind.Agent, actor).With(SearchKind.Verb, Statements.Viewed)),
                Is.EqualTo(new[] { 2, 4, 8, 10 }));
            Assert.That(
                Numbers(store, all.With(SearchKind.Verb, "https://example.org/verbs/unheard-of")),
                Is.EqualTo(new[] { 0, 3, 6, 9 }));
            Assert.That(
                Numbers(store, all with { Since = start.AddSeconds(3), Until = start.AddSeconds(5) }),
                Is.EqualTo(new[] { 4, 5 }));
            Assert.That(Numbers(store, all with { Ascending = false, Limit = 2 }), Is.EqualTo(new[] { 11, 10 }));
            Assert.That(Numbers(store, all with { After = 3, Limit = 2 }), Is.EqualTo(new[] { 3, 4 }));
        });
    }

    [Test]
    public void LocatorsAreTheGoldenOnes()
    {
        byte[] secret = [.. Enumerable.Range(0, LocatorKey.Size).Select(number => (byte)number)];
        HashedId hashed = new LocatorKey(1, secret).Hash("7c0a9a7b-7f0d-4f5b-9a29-0d6f3a1c2e01");
        Assert.That(Convert.ToHexStringLower(hashed.ToArray()), Is.EqualTo("59580cc6dbd539b8d8958290784de4e5"));
    }

    private static IEnumerable<int> Numbers(RecordStore store, StatementQuery query) =>
        store.Query(query).Records.Select(record => Convert.ToInt32(record.Id[24..], 16));
}
