using System.Data.Common;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Sealing;
using Ledger.Node.Tests.Sealing;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>Who has a store's files, and not the keys, learns nothing of what they hold.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class SealedStoreTests(StoreKind kind) : StoreFixture(kind)
{
    [Test]
    public void Nothing_that_is_said_of_a_learner_is_on_disk_in_clear_and_with_the_keys_all_of_it_is_there()
    {
        Heroine.Fill(Store);
        Assert.That(StoredTraces.Find(Bench, Heroine.Marks), Is.Empty, "while the store is open");

        OpenAgain();
        byte[] told = Heroine.ToldBy(Store);
        foreach ((string name, byte[] bytes) in Heroine.Told)
        {
            Assert.That(told.AsSpan().IndexOf(bytes), Is.Not.Negative, $"the store has lost {name}");
        }

        Assert.That(StoredTraces.Find(Bench, Heroine.Marks), Is.Empty, "after opening it again");
    }

    [Test]
    public void A_store_is_opened_with_the_keys_that_sealed_it_and_with_no_others()
    {
        Store.AddAll([Statements.Intake(1)], "a");
        Store.Dispose();
        using KeyFolder other = new();
        using (PersonKeys strange = other.Open())
        {
            Assert.That(() => Bench.Open(strange), Throws.TypeOf<SealingKeysException>());
        }

        OpenAgain();
        Assert.That(Store.Find(RecordType.XapiStatement, Statements.Id(1)), Is.Not.Null);
    }

    [Test]
    public void A_value_that_was_put_into_another_row_does_not_open_there()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2)], "a");
        Store.Dispose();
        Execute(
            "UPDATE records SET content = (SELECT o.content FROM records o WHERE o.sequence = 2) WHERE sequence = 1");
        OpenAgain();
        Assert.That(() => Store.Find(1L), Throws.TypeOf<SealDamagedException>());
        Assert.That(Store.Find(2L)!.Id, Is.EqualTo(Statements.Id(2)));
    }

    [Test]
    public void Who_writes_to_the_database_condemns_nobodys_key()
    {
        Store.AddAll([Statements.Intake(1)], "a");
        Store.Dispose();
        long[] ids = [.. KeyFolder.Wrapped(Bench.Folder.KeyFile).Keys];
        foreach (long id in ids)
        {
            Execute(FormattableString.Invariant(
                $"INSERT INTO condemned_keys (id, person) SELECT {id}, key FROM search_keys LIMIT 1"));
        }

        OpenAgain();
        Assert.That(Store.EraseKeys(), Is.True);
        Assert.That(Store.Find(1L)!.Id, Is.EqualTo(Statements.Id(1)));
        Assert.That(Bench.Keys.Count, Is.EqualTo(ids.Length));
    }

    [Test]
    public void A_refusal_is_sealed_with_the_record_and_read_with_it()
    {
        Store.AddAll([Statements.Intake(1)], "a");
        Store.Outbox.Refuse([1], "CONFLICT_7F3A");
        Assert.That(Store.Find(1L)!.RefusalCode, Is.EqualTo("CONFLICT_7F3A"));
        Assert.That(StoredTraces.Find(Bench, [("the refusal", "CONFLICT_7F3A"u8.ToArray())]), Is.Empty);
    }

    [Test]
    public void Only_what_a_credential_brought_itself_is_given_to_it()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2)], "a");
        Store.AddAll([Statements.Intake(3)], "b");
        StatementQuery own = StatementQuery.All with { Authority = "a", Ascending = true };
        Assert.That(
            Store.Query(own).Records.Select(static record => record.Id),
            Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2) }));
        Assert.That(Store.Query(own.With(SearchKind.Verb, Statements.Viewed)).Records, Has.Count.EqualTo(2));
    }

    [Test]
    public void An_attachment_of_two_learners_stays_for_the_one_who_stays()
    {
        Store.AddAll([Heroine.Statement(1)], [Heroine.Attachment], "a");
        Store.AddAll([Other(2)], [Heroine.Attachment], "a");
        Erase(Heroine.Account, Locator(1));
        Assert.That(Store.Attachment(Heroine.Attachment.Digest)!.Value.ToArray(), Is.EqualTo(
            Heroine.Attachment.Content.ToArray()));

        Erase(ActorKey.OfAccount(Statements.HomePage, "student-17"), Locator(2));
        Assert.That(Store.Attachment(Heroine.Attachment.Digest), Is.Null);
    }

    [Test]
    public void What_came_in_after_the_order_is_kept_when_the_keys_go()
    {
        Store.AddAll([Heroine.Statement(1)], [Heroine.Attachment], "a");
        Store.AddAll([Heroine.Statement(2)], [Heroine.Attachment], "a");
        Store.EraseAccounts([Heroine.Account], "order");
        Store.AddAll([Heroine.Statement(3)], [Heroine.Attachment], "a");
        ErasingOutcome outcome = Store.Erase([Locator(1)]).Single();
        Assert.That(Store.EraseKeys(), Is.True);

        Assert.Multiple(() =>
        {
            Assert.That(outcome, Is.EqualTo(ErasingOutcome.Removed), "it told a name under a key that lives on");
            Assert.That(Found(1).State, Is.EqualTo(RecordState.Erased));
            Assert.That(Found(2).ActorKey, Is.EqualTo(Heroine.Account), "it was not listed");
            Assert.That(Found(3).ActorKey, Is.EqualTo(Heroine.Account), "it came later");
            Assert.That(Store.Attachment(Heroine.Attachment.Digest), Is.Not.Null);
            Assert.That(Store.EraseKeys(), Is.True, "there is nothing more to do");
        });
        OpenAgain();
        Assert.That(Found(2).Committed.Length, Is.Positive);
    }

    [Test]
    public void An_attachment_that_only_a_later_statement_names_stays_when_the_keys_go()
    {
        Store.AddAll([Heroine.Statement(1)], [Heroine.Attachment], "a");
        Store.EraseAccounts([Heroine.Account], "order");
        Store.AddAll([Heroine.Statement(2)], "a");
        Store.Erase([Locator(1)]);
        Assert.That(Store.EraseKeys(), Is.True);
        Assert.That(Store.Attachment(Heroine.Attachment.Digest), Is.Not.Null);
    }

    [Test]
    public void One_record_goes_without_the_key_and_says_so()
    {
        Store.AddAll([Heroine.Statement(1), Heroine.Statement(2)], "a");
        Assert.That(Store.Erase([Locator(1)]).Single(), Is.EqualTo(ErasingOutcome.Removed));
        Assert.That(Found(2).ActorKey, Is.EqualTo(Heroine.Account));
    }

    private static RecordLocator Locator(int number) => new(1, StoreFolder.Key().Hash(Statements.Id(number)));

    private static IntakeRecord Other(int number)
    {
        JsonObject statement = Statements.Statement(number);
        statement["attachments"] =
            JsonNode.Parse(Heroine.Statement(1).Committed.Span)!["attachments"]!.DeepClone();
        return Statements.Read(statement.ToJsonString());
    }

    private StoredRecord Found(int number) => Store.Find(RecordType.XapiStatement, Statements.Id(number))!;

    private void Erase(string account, RecordLocator record)
    {
        Store.EraseAccounts([account], account);
        Store.Erase([record]);
        Assert.That(Store.EraseKeys(), Is.True);
    }

    private void Execute(string sql)
    {
        using DbConnection writer = Bench.Backend().OpenWriter();
        RecordDatabase.Execute(writer, sql);
    }
}
