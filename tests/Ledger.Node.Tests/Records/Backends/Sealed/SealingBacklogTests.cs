using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records.Privacy;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>
/// A store that kept everything in clear is sealed when it is opened, whatever ends the process meanwhile.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class SealingBacklogTests(StoreKind kind)
{
    private const int Others = 1_200;

    private StoreBench bench = null!;

    [SetUp]
    public void Write()
    {
        bench = new StoreBench(kind);
        JsonObject voiding = Statements.Statement(
            9_000, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject
        {
            ["objectType"] = "StatementRef", ["id"] = Statements.Id(105),
        };
        PlainStore.Write(bench.Backend(), new PlainContent(
        [
            Heroine.Statement(1), Heroine.Statement(2), Heroine.Statement(3), Heroine.Event(),
            .. Enumerable.Range(100, Others).Select(static number => Statements.Intake(number)),
            Statements.Read(voiding.ToJsonString()),
        ])
        {
            Refused = [2],
            Batch = [3, 10],
            Names = [new SeenName(Heroine.Account, Canary.Name), new SeenName(Heroine.Mailbox, Canary.Name)],
            Activities = [new SeenActivity(Heroine.Activity, Encoding.UTF8.GetBytes("{\"name\":{\"en\":\"x\"}}"))],
            Documents =
            [
                (Heroine.State, Canary.Mark, Encoding.UTF8.GetBytes(Canary.Text)),
                (Heroine.Profile, Heroine.ProfileId, Encoding.UTF8.GetBytes(Canary.Text)),
            ],
            Attachments = [Heroine.Attachment, AttachmentContent.Of("nobody's"u8.ToArray())],
            Orders = ["order-1"],
        });
    }

    [TearDown]
    public void Remove() => bench.Dispose();

    [Test]
    public void All_of_it_is_there_and_nothing_is_in_clear_in_any_file()
    {
        if (kind == StoreKind.Sqlite)
        {
            Assert.That(InClear(), Has.Count.GreaterThanOrEqualTo(8), "The search finds her before.");
        }

        SealingSteps steps = new();
        using (RecordStore store = bench.Open(bench.Keys, steps))
        {
            RequireAll(store);
        }

        Assert.That(steps.Steps[^1].Done, Is.EqualTo(steps.Steps[^1].Total));
        Assert.That(steps.Steps.Select(static step => step.Done), Is.Ordered.Ascending);
        Assert.That(StoredTraces.Find(bench, Heroine.Marks), Is.Empty);
        SealingSteps second = new();
        bench.Open(bench.Keys, second).Dispose();
        Assert.That(second.Steps, Is.Empty, "it was sealed once");
    }

    [Test]
    public void A_process_that_ends_after_any_page_goes_on_with_the_next()
    {
        int ends = 0;
        while (ends < 100)
        {
            SealingSteps steps = new() { OnReport = static _ => throw new TimeoutException("the process ends here") };
            try
            {
                bench.Open(bench.Keys, steps).Dispose();
                break;
            }
            catch (TimeoutException)
            {
                ends++;
            }
        }

        Assert.That(ends, Is.EqualTo(7), "four small tables and three pages of records");
        using (RecordStore store = bench.Open())
        {
            RequireAll(store);
        }

        Assert.That(StoredTraces.Find(bench, Heroine.Marks), Is.Empty);
    }

    [Test]
    public void A_store_in_clear_is_not_moved_before_it_is_sealed()
    {
        using StoreBench target = new(StoreKind.Sqlite);
        StoreMove move = new(bench.Backend(), target.Backend(), new Progress<MoveProgress>());
        Assert.That(
            () => move.Run(CancellationToken.None),
            Throws.TypeOf<RecordStoreException>().With.Message.Contains("Start the node once"));
        using RecordStore store = bench.Open();
        RequireAll(store);
    }

    [Test]
    public void Where_nothing_is_left_to_seal_what_was_deleted_in_clear_is_in_no_file()
    {
        if (kind == StoreKind.Postgres)
        {
            Assert.Ignore("A test reads the files of SQLite alone.");
        }

        string[] tables =
        [
            "signed_batch_records", "outbox", "signed_batches", "search_keys", "statement_targets", "agent_names",
            "activities", "documents", "attachments", "records",
        ];
        using (DbConnection writer = bench.Backend().OpenWriter())
        {
            RecordDatabase.Execute(writer, "PRAGMA secure_delete = OFF; PRAGMA foreign_keys = OFF;");
            foreach (string table in tables)
            {
                RecordDatabase.Execute(writer, $"DELETE FROM {table}");
            }
        }

        Assert.That(InClear(), Is.Not.Empty, "deleted, and there all the same");
        bench.Open().Dispose();
        Assert.That(InClear(), Is.Empty);
    }

    [Test]
    public void A_full_disk_keeps_no_sealed_store_from_opening_and_the_next_start_writes_the_files_anew()
    {
        using (RecordStore store = new(
            new FullDisk(bench.Backend()), bench.Keys, StoreFolder.Key(), bench.Clock, new SealingSteps(),
            bench.Log.CreateLogger("store")))
        {
            RequireAll(store);
        }

        Assert.That(bench.Log.Text, Does.Contain("written anew, at the next start"));
        using (RecordStore store = bench.Open())
        {
            RequireAll(store);
        }

        Assert.That(StoredTraces.Find(bench, Heroine.Marks), Is.Empty);
    }

    private IReadOnlyList<string> InClear()
    {
        byte[] file = File.ReadAllBytes(bench.Folder.File);
        return
        [
            .. Heroine.Marks.Where(mark => file.AsSpan().IndexOf(mark.Bytes) >= 0).Select(static mark => mark.Name),
        ];
    }

    private static void RequireAll(RecordStore store)
    {
        StoredRecord refused = store.Find(RecordType.XapiStatement, Statements.Id(2))!;
        StoredRecord first = store.Find(RecordType.XapiStatement, Statements.Id(1))!;
        Assert.Multiple(() =>
        {
            Assert.That((refused.State, refused.RefusalCode), Is.EqualTo((RecordState.Refused, "CONFLICT")));
            Assert.That((first.ActorKey, first.VerbIri, first.Authority), Is.EqualTo(
                (Heroine.Account, Heroine.Verb, "moodle")));
            Assert.That(
                RecordCommitment.Matches(first.Type, first.Committed.Span, first.Salt.Span, first.Commitment), Is.True);
            Assert.That(store.Find(RecordType.CaliperEvent, Heroine.Event().Id)!.Sequence, Is.EqualTo(4));
            Assert.That(store.FindStatement(Statements.Id(105), isVoided: true), Is.Not.Null);
            Assert.That(
                store.Query(StatementQuery.All.With(SearchKind.Verb, Heroine.Verb)).Records, Has.Count.EqualTo(3));
            Assert.That(
                store.List(new RecordQuery(null, Heroine.Account, null, null, null, null, true, 9)),
                Has.Count.EqualTo(3));
            Assert.That(store.Outbox.OpenBatches().Single().Sequences, Is.EqualTo(new long[] { 3, 10 }));
            Assert.That(store.Outbox.Pending(0, 3).Select(static one => one.Sequence), Is.EqualTo(new[] { 1, 4, 5 }));
            Assert.That(store.Names(Heroine.Account, 9), Is.EqualTo(new[] { Canary.Name }));
            Assert.That(store.Definition(Heroine.Activity), Is.Not.Null);
            Assert.That(
                store.Documents.Find(Heroine.State, Canary.Mark)!.Updated.ToUnixTimeMilliseconds(), Is.EqualTo(4_000));
            Assert.That(store.Documents.Ids(Heroine.Profile, null), Is.EqualTo(new[] { Heroine.ProfileId }));
            Assert.That(
                store.Documents.Of(Heroine.Account).Select(static one => (one.Scope.Kind, one.Scope.Activity, one.Id)),
                Is.EqualTo(new[]
                {
                    (DocumentKind.State, Heroine.Activity, Canary.Mark),
                    (DocumentKind.AgentProfile, "", Heroine.ProfileId),
                }));
            Assert.That(store.Attachment(Heroine.Attachment.Digest)!.Value.Length, Is.EqualTo(
                Heroine.Attachment.Content.Length));
            Assert.That(store.Attachment(AttachmentContent.Of("nobody's"u8.ToArray()).Digest), Is.Not.Null);
            Assert.That(store.HasErasedAccounts("order-1"), Is.True);
            Assert.That(store.HasErasedAccounts("order-2"), Is.False);
        });
    }
}
