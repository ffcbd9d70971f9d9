using System.Data.Common;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Records.Backends.Sealed;

/// <summary>
/// A value that a disk or a hand has changed is lost to whoever asks for it, and stands in nobody else's way.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class DamagedRowTests(StoreKind kind) : StoreFixture(kind)
{
    private const string Seen = "https://example.org/activities/seen";
    private const string Other = "https://example.org/activities/other";

    [Test]
    public void Lists_queries_and_the_outbox_pass_a_damaged_record_over_and_the_log_has_it_once()
    {
        Store.AddAll([.. Enumerable.Range(1, 4).Select(number => Statements.Intake(number))], "a");
        Damage("records", "content", "sequence = 2", "sequence = 1");

        long[] sound = [1, 3, 4];
        StatementQuery query = StatementQuery.All with { Ascending = true };
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(Store.List(Query(null))), Is.EqualTo(sound));
            Assert.That(Numbers(Store.List(Query(Account("student-17")))), Is.EqualTo(sound));
            Assert.That(Numbers(Store.Query(query).Records), Is.EqualTo(sound));
            Assert.That(
                Numbers(Store.Query(query.With(SearchKind.Verb, Statements.Viewed)).Records), Is.EqualTo(sound));
            Assert.That(Store.Query(query with { Limit = 2 }).HasMore, Is.True);
            Assert.That(Numbers(Store.Outbox.Pending(0, 9)), Is.EqualTo(sound));
            Assert.That(Store.Outbox.PendingKeys(1, 9), Is.Not.Empty);
            Assert.That(() => Store.Find(2L), Throws.TypeOf<SealDamagedException>(), "who asks for it is told");
        });
        Assert.That(Told(), Is.EqualTo(1));
    }

    [Test]
    public void What_stands_beside_a_damaged_content_is_known()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2)], "a");
        StoredRecord before = Store.Find(1L)!;
        Damage("records", "content", "sequence = 1", "sequence = 2");
        StoredRecord left = Store.FindEntry(1)!;
        Assert.Multiple(() =>
        {
            Assert.That((left.IsDamaged, left.IsReadable, left.Committed.Length), Is.EqualTo((true, false, 0)));
            Assert.That(
                (left.State, left.Commitment, left.HashedId, left.Stored),
                Is.EqualTo((RecordState.Stored, before.Commitment, before.HashedId, before.Stored)));
        });
    }

    [Test]
    public void A_damaged_record_is_found_for_an_order_and_erased()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2, "student-18")], "a");
        Damage("records", "content", "sequence = 1", "sequence = 2");
        RecordLocator locator = new(1, StoreFolder.Key().Hash(Statements.Id(1)));
        Assert.That(Store.FindLocator(Statements.Id(1)), Is.EqualTo(locator));
        Assert.That(Store.Locators(Account("student-17")), Is.EqualTo(new[] { locator }));

        Store.EraseAccounts([Account("student-17")], "order");
        Assert.That(Store.Erase([locator]), Is.EqualTo(new[] { ErasingOutcome.Removed }), "nobody knows its key");
        Assert.That(Store.EraseKeys(), Is.True);
        Assert.That(Store.Find(RecordType.XapiStatement, Statements.Id(1))!.State, Is.EqualTo(RecordState.Erased));
        Assert.That(Store.FindLocator(Statements.Id(1)), Is.EqualTo(locator), "what is left of it");
        Assert.That(Store.Find(2L)!.ActorKey, Is.EqualTo(Account("student-18")));
    }

    [Test]
    public void A_damaged_record_that_waits_can_be_refused()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2)], "a");
        Damage("records", "content", "sequence = 1", "sequence = 2");
        Store.Outbox.Refuse([1, 2], "CONFLICT");
        Assert.That(Store.FindEntry(1)!.State, Is.EqualTo(RecordState.Refused));
        Assert.That(Store.Find(2L)!.RefusalCode, Is.EqualTo("CONFLICT"));
    }

    [Test]
    public void A_damaged_definition_counts_as_none_until_it_is_told_again()
    {
        Store.AddAll([Telling(1, Seen), Telling(2, Other)], "a");
        Damage("activities", "definition", $"id = {Key(SearchKind.DefinedActivity, Seen)}",
            $"id = {Key(SearchKind.DefinedActivity, Other)}");
        Assert.That(Store.Definition(Seen), Is.Null);
        Assert.That(Store.AddAll([Telling(3, Seen)], "a").Added, Is.EqualTo(1));
        Assert.That(Store.Definition(Seen), Is.Not.Null);
    }

    [Test]
    public void Damaged_names_documents_and_attachments_are_passed_over()
    {
        Heroine.Fill(Store);
        Store.AddAll([Telling(10, Seen)], "a");
        Store.Documents.Change(
            Heroine.Profile, "another", static _ => new DocumentChange.Keep("text/plain", new byte[] { 1 }));
        Damage("agent_names", "content", $"agent = {Key(SearchKind.NamedAgent, Heroine.Mailbox)}",
            $"agent = {Key(SearchKind.NamedAgent, Account("student-17"))}");
        Damage("documents", "head", $"id = {Key(SearchKind.DocumentId, Heroine.ProfileId)}",
            $"id = {Key(SearchKind.DocumentId, "another")}");
        Set("attachments", "content", "digest IS NOT NULL", Bytes("00"));
        Assert.Multiple(() =>
        {
            Assert.That(Store.Names(Heroine.Mailbox, 9), Is.Empty);
            Assert.That(Store.AccountsWithTraces(), Does.Contain(Heroine.Account).And.Not.Contain(Heroine.Mailbox));
            Assert.That(Store.Documents.Ids(Heroine.Profile, null), Is.EqualTo(new[] { "another" }));
            Assert.That(Store.Documents.Of(Heroine.Account), Has.Count.EqualTo(2));
            Assert.That(Store.Attachment(Heroine.Attachment.Digest), Is.Null);
        });
    }

    private static IntakeRecord Telling(int number, string activity)
    {
        JsonObject statement = Statements.Statement(number);
        statement["actor"]!["name"] = "A student";
        statement["object"] = new JsonObject
        {
            ["id"] = activity,
            ["definition"] = new JsonObject { ["name"] = new JsonObject { ["en"] = activity } },
        };
        return Statements.Read(statement.ToJsonString());
    }

    private static string Account(string student) => ActorKey.OfAccount(Statements.HomePage, student);

    private static RecordQuery Query(string? account) =>
        new(null, account, null, null, null, null, Ascending: true, RecordQuery.LimitMax);

    private static long[] Numbers(IEnumerable<StoredRecord> records) =>
        [.. records.Select(static record => record.Sequence)];

    private int Told() => Bench.Log.Text.Split('\n').Count(
        static line => line.Contains("is passed over", StringComparison.Ordinal));

    // As both databases spell bytes.
    private string Bytes(string digits) => Kind == StoreKind.Postgres ? $"'\\x{digits}'::bytea" : $"X'{digits}'";

    private string Key(SearchKind kind, string text) =>
        Bytes(Convert.ToHexString(Bench.Keys.DigestBytes((byte)kind, text)));

    // What stands in another row is well-formed, and does not open here.
    private void Damage(string table, string column, string row, string from) =>
        Set(table, column, row, $"(SELECT o.{column} FROM {table} o WHERE o.{from} LIMIT 1)");

    private void Set(string table, string column, string row, string value)
    {
        Store.Dispose();
        using (DbConnection writer = Bench.Backend().OpenWriter())
        {
            RecordDatabase.Execute(writer, $"UPDATE {table} SET {column} = {value} WHERE {row}");
        }

        OpenAgain();
    }
}
