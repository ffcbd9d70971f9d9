using System.Text;
using Ledger.Client.Records;
using Ledger.Node.Anchoring;
using Ledger.Node.Records;
using Ledger.Node.Records.Import;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Records.Backends.Sealed;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.Node.Tests.Sealing;

/// <summary>
/// A key that is gone without having been erased is lost, not erased: what it seals stays, is told, and opens again
/// once the key is put back.
/// </summary>
public sealed class LostKeysTests
{
    private const string Anna = "https://lms.example.org|anna";
    private const string Bert = "https://lms.example.org|bert";

    private static readonly byte[] Order = new byte[16];

    private readonly Address learner = TestLedger.FixedKey(8).Address;

    private KeyFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new KeyFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_file_of_yesterday_tells_each_key_that_it_lacks_once_and_takes_none_for_erased()
    {
        byte[] erased;
        byte[] value;
        RememberedErasures list = new();
        string yesterday;
        using (PersonKeys keys = folder.Open())
        {
            keys.Follow(list);
            yesterday = folder.CopyOfFiles();
            value = keys.Seal(Anna, "row"u8, "content"u8);
            erased = keys.Seal(Bert, "row"u8, "content"u8);
            keys.Erase([Bert]);
        }

        using PersonKeys older = folder.Open(yesterday);
        older.Follow(list);
        List<string> told = [];
        older.Unreadable.Found += problem => told.Add(problem.Message);
        SealDamagedException lost = Assert.Throws<SealDamagedException>(() => older.Open("row"u8, value))!;
        OpenedContent passed = older.OpenOrPass("row"u8, value);

        Assert.That(lost.LostKey, Is.EqualTo(PersonKeys.KeyIdOf(value)));
        Assert.That(lost.Message, Does.Contain("missing").And.Contain("keys restore"));
        Assert.That((passed.IsKeyErased, passed.IsKeyLost), Is.EqualTo((false, true)));
        Assert.That(older.Has(PersonKeys.KeyIdOf(value)), Is.False);
        Assert.That(told, Is.EqualTo(new[] { lost.Message }));
        Assert.That(older.Unreadable.LostKeys, Is.EqualTo(1));
        Assert.That(older.Open("row"u8, erased).IsKeyErased, "of what is on the list the file says nothing");
    }

    [Test]
    public void A_value_that_was_changed_is_passed_over_and_told_and_no_key_is_lost()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        value[^1] ^= 1;
        List<SealDamagedException> told = [];
        keys.Unreadable.Found += told.Add;

        OpenedContent passed = keys.OpenOrPass("row"u8, value);
        keys.OpenOrPass("row"u8, value);

        Assert.That((passed.IsKeyErased, passed.IsKeyLost), Is.EqualTo((false, false)));
        Assert.That(told, Has.Count.EqualTo(1));
        Assert.That(keys.Unreadable.LostKeys, Is.Zero);
    }

    [Test]
    public void An_order_takes_no_pair_whose_key_is_lost()
    {
        using DatabaseFolder database = new();
        using PersonKeys keys = folder.Open();
        string yesterday = folder.CopyOfFiles();
        new LearnerPairs(database.Database, keys).Set(Anna, learner);
        using (PersonKeys older = folder.Open(yesterday))
        {
            LearnerPairs pairs = new(database.Database, older);
            Assert.That(pairs.Find(Anna), Is.Null);
            Assert.That(pairs.From(null), Is.Empty);
            pairs.Erase([Bert], Order);
        }

        Assert.That(new LearnerPairs(database.Database, keys).Find(Anna), Is.EqualTo(learner), "the key is back");
    }

    [Test]
    public void Who_is_in_a_class_under_a_lost_key_stays_when_another_is_erased_from_it()
    {
        string file = folder.File + ".classes";
        using PersonKeys keys = folder.Open();
        using (RosterBook book = new(file, keys))
        {
            book.Keep([ClassOf(Anna, Bert)]);
        }

        // One row is under a key that only a newer file of keys has.
        byte[] foreign = keys.Seal("another", Encoding.UTF8.GetBytes("classes 0 math"), "student"u8);
        BitConverter.GetBytes(1L).CopyTo(foreign, 1);
        KeyFolder.Change(file, "UPDATE members SET content = $content WHERE place = 0", ("$content", foreign));
        using RosterBook changed = new(file, keys);
        Assert.That(changed.EraseAccount(Bert), Is.EqualTo(1));

        using SqliteConnection connection = KeyFolder.Connect(file);
        Assert.That(
            (byte[])RecordDatabase.Scalar(connection, null, "SELECT content FROM members")!, Is.EqualTo(foreign));
    }

    [Test]
    public void Documents_records_and_attachments_under_a_lost_key_are_not_written_over()
    {
        using StoreFolder records = new();
        using PersonKeys keys = folder.Open();
        string yesterday = folder.CopyOfFiles();
        DocumentScope scope = new(DocumentKind.State, "https://a.org", Anna, string.Empty, false);
        string file = Path.Combine(Path.GetDirectoryName(folder.File)!, "records.sqlite");
        using (RecordStore store = new(file, keys, StoreFolder.Key(), records.Clock))
        {
            Heroine.Fill(store);
            store.Documents.Change(scope, "x", static _ => new DocumentChange.Keep("text/plain", "one"u8.ToArray()));
        }

        using (PersonKeys older = folder.Open(yesterday))
        using (RecordStore store = new(file, older, StoreFolder.Key(), records.Clock))
        {
            Assert.Throws<SealDamagedException>(() => store.Documents.Change(
                scope, "x", static _ => new DocumentChange.Keep("text/plain", "two"u8.ToArray())));
            Assert.Throws<SealDamagedException>(
                () => Heroine.Fill(store), "sent again it is not refused as an erased one");
            Assert.Throws<SealDamagedException>(
                () => store.AddAll([Statements.Intake(9)], [Heroine.Attachment], "a"), "other bytes in their place");
        }

        using RecordStore again = new(file, keys, StoreFolder.Key(), records.Clock);
        Assert.That(again.Documents.Find(scope, "x")!.Content.ToArray(), Is.EqualTo("one"u8.ToArray()));
        Assert.That(again.Find(RecordType.XapiStatement, Statements.Id(1)), Is.Not.Null);
        Assert.That(again.Attachment(Heroine.Attachment.Digest), Is.Not.Null);
    }

    [Test]
    public void A_key_that_cannot_be_deleted_seals_nothing_that_the_next_start_would_erase()
    {
        RememberedErasures list = new();
        byte[] before;
        byte[] after;
        using (PersonKeys keys = folder.Open())
        {
            keys.Follow(list);
            before = keys.Seal(Anna, "row"u8, "before"u8);
            KeyFolder.Change(
                folder.File,
                "CREATE TRIGGER full BEFORE DELETE ON keys BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
            Assert.Throws<SqliteException>(() => keys.Erase([Anna]));
            after = keys.Seal(Anna, "row"u8, "after"u8);
        }

        KeyFolder.Change(folder.File, "DROP TRIGGER full");
        using PersonKeys again = folder.Open();
        again.Follow(list);
        Assert.That(again.Open("row"u8, before).IsKeyErased);
        Assert.That(Encoding.UTF8.GetString(again.Open("row"u8, after).Bytes), Is.EqualTo("after"));
    }

    [Test]
    public void Who_reads_does_not_wait_until_the_key_of_another_is_on_disk()
    {
        using PersonKeys keys = new(folder.File, folder.Secret(), cacheMax: 2);
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        keys.Seal(Bert, "row"u8, "content"u8);
        keys.Seal("third", "row"u8, "content"u8);
        Thread making = new(() => keys.Prepare(["fourth"]));
        using (SqliteConnection other = KeyFolder.Connect(folder.File))
        {
            using SqliteTransaction writing = other.BeginTransaction(deferred: false);
            making.Start();
            Assert.That(
                SpinWait.SpinUntil(() => making.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience),
                "nobody waits for the file");
            Task<OpenedContent> reading = Task.Run(() => keys.Open("row"u8, value));
            Assert.That(reading.Wait(Patience), "who reads waits for who makes a key");
            Assert.That(reading.Result.IsKeyErased, Is.False);
        }

        Assert.That(making.Join(Patience), "the key was not made");
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private static RosterClass ClassOf(params string[] accounts) => new(
        "math", "Mathematics", "M1", [.. accounts.Select(static account => new RosterMember("student", [account]))]);
}
