using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>
/// A copy of the files from before a learner was erased, opened with the keys of today, before anything is erased in it
/// again: nothing of the learner can be read, and the others are as they were.
/// </summary>
public sealed class OlderCopyTests
{
    private const int Others = 60;
    private const string Common = "https://example.org/activities/common";

    private StoreFolder folder = null!;
    private RecordStore copy = null!;

    [SetUp]
    public void EraseTheLearnerAndOpenTheCopy()
    {
        folder = new StoreFolder();
        string older;
        using (RecordStore store = folder.Open())
        {
            store.AddAll([Telling(100)], "moodle");
            store.AddAll([.. Enumerable.Range(101, Others - 1).Select(number => Statements.Intake(number))], "moodle");
            Heroine.Fill(store);
            older = folder.CopyOfFiles();
            store.EraseAccounts([Heroine.Account, Heroine.Mailbox, Heroine.Event().ActorKey], "order");
            store.Erase([.. Enumerable.Range(1, 3).Select(Statements.Id).Append(Heroine.Event().Id).Select(Locator)]);
            Assert.That(store.EraseKeys(), Is.True);
        }

        copy = new RecordStore(older, folder.Keys, StoreFolder.Key(), folder.Clock);
    }

    [TearDown]
    public void Close()
    {
        copy.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Nothing_of_the_learner_is_shown()
    {
        byte[] told = Heroine.ToldBy(copy);
        string[] found = [.. Heroine.Marks.Where(mark => told.AsSpan().IndexOf(mark.Bytes) >= 0)
            .Select(static mark => mark.Name)];
        Assert.That(
            found,
            Is.SubsetOf(new[]
            {
                // The definition of an activity is nobody's: it goes when the order is carried out in this copy.
                "the mark in all that is said of her", "her name",
                // Who asks by an id is told the id, of a record that was erased.
                "the id of a statement",
            }));
        Assert.That(copy.Names(Heroine.Account, 9), Is.Empty);
        Assert.That(copy.Documents.Ids(Heroine.State, null), Is.Empty);
        Assert.That(copy.Attachment(Heroine.Attachment.Digest), Is.Null);
        Assert.That(copy.AccountsWithTraces(), Is.Empty);
    }

    [Test]
    public void Her_records_read_as_erased_and_lists_and_queries_pass_them_over()
    {
        StoredRecord left = copy.Find(RecordType.XapiStatement, Statements.Id(1))!;
        StatementQuery page = StatementQuery.All with { Limit = 5 };
        Assert.Multiple(() =>
        {
            Assert.That((left.State, left.Committed.Length, left.Salt.Length), Is.EqualTo((RecordState.Erased, 0, 0)));
            Assert.That(copy.FindStatement(Statements.Id(1), isVoided: false), Is.Null);
            Assert.That(copy.List(Query(Heroine.Account)), Is.Empty);
            Assert.That(copy.List(Query(null)), Has.Count.EqualTo(Others));
            Assert.That(copy.Query(page).Records.Select(static record => record.Id), Is.EqualTo(
                Enumerable.Range(0, 5).Select(static at => Statements.Id(100 + Others - 1 - at))));
            Assert.That(copy.Query(page).HasMore, Is.True);
            Assert.That(copy.Query(page.With(SearchKind.Verb, Heroine.Verb)).Records, Is.Empty);
            Assert.That(copy.Outbox.Pending(0, 1_000), Has.Count.EqualTo(Others));
            Assert.That(copy.Outbox.PendingKeys(Others, 10), Is.Empty);
        });
    }

    [Test]
    public void They_do_not_come_in_again_and_are_erased_without_being_read()
    {
        Assert.That(
            () => copy.AddAll([Heroine.Statement(2)], [Heroine.Attachment], "moodle"),
            Throws.TypeOf<ErasedRecordException>());
        Assert.That(copy.Erase([Locator(Statements.Id(2))]), Is.EqualTo(new[] { ErasingOutcome.RemovedWithKey }));
        Assert.That(copy.IsErased(Statements.Id(2)), Is.True);
    }

    [Test]
    public void What_she_alone_told_of_an_activity_goes_when_the_order_is_carried_out_in_the_copy()
    {
        Assert.That(copy.Definition(Heroine.Activity), Is.Not.Null);
        copy.Erase([.. Enumerable.Range(1, 3).Select(Statements.Id).Select(Locator)]);
        Assert.That(copy.EraseUntold(static () => { }), Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(copy.EraseUntold(static () => { }), Is.False, "there is nothing more to do");
            Assert.That(copy.Definition(Heroine.Activity), Is.Null);
            Assert.That(copy.Definition(Common), Is.Not.Null, "another tells of it");
        });
    }

    private static IntakeRecord Telling(int number)
    {
        JsonObject statement = Statements.Statement(number);
        statement["object"] = new JsonObject
        {
            ["id"] = Common,
            ["definition"] = new JsonObject { ["name"] = new JsonObject { ["en"] = "What all do" } },
        };
        return Statements.Read(statement.ToJsonString());
    }

    private static RecordLocator Locator(string id) => new(1, StoreFolder.Key().Hash(id));

    private static RecordQuery Query(string? account) =>
        new(null, account, null, null, null, null, Ascending: true, RecordQuery.LimitMax);
}
