using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>What a record store does on every database.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class StoreConformanceTests(StoreKind kind) : StoreFixture(kind)
{
    private static readonly Hash256 Batch = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]);

    private static readonly Hash256 OtherBatch = new([.. Enumerable.Repeat((byte)2, Hash256.Size)]);

    [Test]
    public void RecordsAreThereAfterOpeningAgain()
    {
        Store.AddAll([Statements.Intake(1), Statements.Read(Statements.Caliper, RecordType.CaliperEvent)], "moodle");
        OpenAgain();
        StoredRecord byId = Store.Find(RecordType.XapiStatement, Statements.Id(1))!;
        StoredRecord byLocator = Store.Find(1, StoreFolder.Key().Hash(Statements.Id(1)))!;
        Assert.Multiple(() =>
        {
            Assert.That(byLocator.Sequence, Is.EqualTo(byId.Sequence));
            Assert.That(Store.Find(byId.Sequence)!.Id, Is.EqualTo(byId.Id));
            Assert.That(byId.Place, Is.Null);
            Assert.That(
                RecordCommitment.Matches(byId.Type, byId.Committed.Span, byId.Salt.Span, byId.Commitment), Is.True);
            Assert.That(Store.Outbox.Pending(0, 10), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public void AConflictStoresNothingOfABatch()
    {
        Store.AddAll([Statements.Intake(1)], "moodle");
        IntakeResult conflict = Store.AddAll([Statements.Intake(2), Statements.Intake(1, "student-18")], "moodle");
        IntakeResult same = Store.AddAll([Statements.Intake(1), Statements.Intake(2)], "moodle");
        Assert.That(conflict.ConflictPath, Is.Not.Null);
        Assert.That((same.ConflictPath, same.Added), Is.EqualTo(((string?)null, 1)));
        Assert.That(Store.Outbox.Pending(0, 10).Select(record => record.Sequence), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public void QueriesNarrowAndPagesFollow()
    {
        Store.AddAll(
            [.. Enumerable.Range(0, 120).Select(number => Statements.Intake(number, $"student-{number % 3}"))], "a");
        StatementQuery query = (StatementQuery.All with { Limit = 7, Ascending = true })
            .With(SearchKind.Agent, ActorKey.OfAccount(Statements.HomePage, "student-1"))
            .With(SearchKind.Verb, Statements.Viewed);
        List<string> found = [];
        StatementPage page = Store.Query(query);
        found.AddRange(page.Records.Select(record => record.Id));
        while (page.HasMore)
        {
            page = Store.Query(query with { After = page.Records[^1].Sequence });
            found.AddRange(page.Records.Select(record => record.Id));
        }

        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 40).Select(number => Statements.Id((3 * number) + 1))));
        Assert.That(Store.Query(query with { Authority = "b" }).Records, Is.Empty);
    }

    [Test]
    public void TimesOfStoringBoundAQuery()
    {
        DateTimeOffset start = Bench.Clock.Now;
        for (int number = 0; number < 10; number++)
        {
            Bench.Clock.Now = start.AddMinutes(number);
            Store.AddAll([Statements.Intake(number)], "a");
        }

        StatementQuery between = StatementQuery.All with { Since = start.AddMinutes(2), Until = start.AddMinutes(6) };
        Assert.That(
            Store.Query(between).Records.Select(record => record.Id),
            Is.EqualTo(new[] { 6, 5, 4, 3 }.Select(Statements.Id)));
        Assert.That(Store.ConsistentThrough, Is.GreaterThanOrEqualTo(start.AddMinutes(9)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void AReferenceIsFoundByItsTargetAndVoidsIt(bool targetFirst)
    {
        JsonObject voiding = Statements.Statement(2, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(1) };
        IntakeRecord[] records = [Statements.Intake(1), Statements.Read(voiding.ToJsonString())];
        foreach (IntakeRecord record in targetFirst ? records : records.Reverse())
        {
            Store.AddAll([record], "a");
        }

        Assert.Multiple(() =>
        {
            Assert.That(
                Store.Query(StatementQuery.All.With(SearchKind.Verb, Statements.Viewed)).Records.Single().Id,
                Is.EqualTo(Statements.Id(2)));
            Assert.That(Store.FindStatement(Statements.Id(1), isVoided: false), Is.Null);
            Assert.That(Store.FindStatement(Statements.Id(1), isVoided: true), Is.Not.Null);
        });
    }

    [Test]
    public void ABatchGoesThroughTheOutboxAndComesBackAfterOpeningAgain()
    {
        Store.AddAll([Statements.Intake(1), Statements.Intake(2), Statements.Intake(3)], "a");
        DateTimeOffset last = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
        Store.Outbox.StoreBatch(new SignedBatch(Batch, new byte[] { 1, 2, 3 }, last, [1, 3]));
        Assert.Throws<InvalidOperationException>(
            () => Store.Outbox.StoreBatch(new SignedBatch(OtherBatch, new byte[] { 1 }, last, [3])));
        OpenAgain();
        SignedBatch open = Store.Outbox.OpenBatches().Single();
        Assert.That((open.LastValid, open.Sequences), Is.EqualTo((last, (IReadOnlyList<long>)[1, 3])));
        Store.Outbox.Settle(
            Batch,
            [RecordOutcome.Anchored(1, new LedgerPlace(7, new byte[] { 9 }, 4)), RecordOutcome.Refused(3, "NO")]);
        Assert.Multiple(() =>
        {
            Assert.That(Store.Find(1L)!.Place!.Height, Is.EqualTo(7));
            Assert.That(Store.Find(3L)!.RefusalCode, Is.EqualTo("NO"));
            Assert.That(Store.Outbox.PendingKeys(0, 10).Single().Sequence, Is.EqualTo(2));
            Assert.That(Store.Outbox.OpenBatches(), Is.Empty);
        });
    }

    [Test]
    public void ABatchThatIsReleasedWaitsAgain()
    {
        Store.AddAll([Statements.Intake(1)], "a");
        Store.Outbox.StoreBatch(new SignedBatch(Batch, new byte[] { 1 }, DateTimeOffset.UnixEpoch, [1]));
        Store.Outbox.Release(Batch);
        Assert.That(Store.Outbox.Pending(0, 10).Single().State, Is.EqualTo(RecordState.Stored));
        Store.Outbox.Refuse([1], "VERB");
        Assert.That(Store.Find(1L)!.State, Is.EqualTo(RecordState.Refused));
    }

    [Test]
    public void DocumentsAreDecidedByWhatIsKept()
    {
        DocumentScope scope = new(DocumentKind.State, "https://a.org", "mbox|mailto:a@b.c", string.Empty, false);
        DocumentScope registered = scope with { Registration = Statements.Id(9), HasRegistration = true };
        Document? seen = null;
        Store.Documents.Change(scope, "x", _ => new DocumentChange.Keep("text/plain", "one"u8.ToArray()));
        Store.Documents.Change(registered, "y", _ => new DocumentChange.Keep("text/plain", "two"u8.ToArray()));
        Store.Documents.Change(scope, "x", known =>
        {
            seen = known;
            return new DocumentChange.Refuse(412, "precondition", "No.");
        });
        Assert.Multiple(() =>
        {
            Assert.That(seen!.Content.ToArray(), Is.EqualTo("one"u8.ToArray()));
            Assert.That(Store.Documents.Find(scope, "x")!.Updated, Is.EqualTo(Bench.Clock.Now));
            Assert.That(Store.Documents.Ids(scope, null), Is.EqualTo(new[] { "x", "y" }));
            Assert.That(Store.Documents.Ids(registered, Bench.Clock.Now.AddSeconds(-1)), Is.EqualTo(new[] { "y" }));
            Assert.That(Store.Documents.Ids(scope, Bench.Clock.Now), Is.Empty);
        });
        Store.Documents.Change(scope, "x", _ => new DocumentChange.Remove());
        Store.Documents.RemoveAll(scope);
        Assert.That(Store.Documents.Ids(scope, null), Is.Empty);
    }

    [Test]
    public void WhatStatementsTellIsKeptAndAttachmentsComeBack()
    {
        JsonObject first = Statements.Statement(1);
        first["object"] = JsonNode.Parse(
            """{"id":"https://a.org","definition":{"name":{"en":"A"},"type":"https://t.org"}}""");
        JsonObject second = Statements.Statement(2);
        second["object"] = JsonNode.Parse("""{"id":"https://a.org","definition":{"name":{"ja":"あ"}}}""");
        second["actor"]!["name"] = "Learner";
        byte[] content = [0, 1, 2, 255];
        Store.AddAll(
            [Statements.Read(first.ToJsonString()), Statements.Read(second.ToJsonString())],
            [AttachmentContent.Of(content)],
            "a");
        string definition = System.Text.Encoding.UTF8.GetString(Store.Definition("https://a.org")!.Value.Span);
        Assert.Multiple(() =>
        {
            Assert.That(definition, Is.EqualTo("""{"name":{"en":"A","ja":"あ"},"type":"https://t.org"}"""));
            Assert.That(
                Store.Names(ActorKey.OfAccount(Statements.HomePage, "student-17"), 9), Is.EqualTo(new[] { "Learner" }));
            Assert.That(
                Store.Attachment(AttachmentContent.Of(content).Digest)!.Value.ToArray(), Is.EqualTo(content));
            Assert.That(Store.Attachment(new byte[32]), Is.Null);
            Assert.That(Store.Definition("https://z.org"), Is.Null);
        });
    }

    [Test]
    public void NamesAreInTheOrderOfTheirBytesAndSoManyAtMost()
    {
        string[] inOrder = ["a", "\uff5e", "\ud83d\ude00"];
        Store.AddAll([.. inOrder.Reverse().Select(static (name, at) => Named(at + 1, name))], "a");
        string account = ActorKey.OfAccount(Statements.HomePage, "student-17");
        Assert.That(Store.Names(account, 9), Is.EqualTo(inOrder));
        Assert.That(Store.Names(account, 2), Has.Count.EqualTo(2));
    }

    private static IntakeRecord Named(int number, string name)
    {
        JsonObject statement = Statements.Statement(number);
        statement["actor"]!["name"] = name;
        return Statements.Read(statement.ToJsonString());
    }

    [Test]
    public void ManyWritersAtOnceGetNumbersWithoutGaps()
    {
        Parallel.For(0, 40, number => Store.AddAll([Statements.Intake(number), Statements.Intake(number + 100)], "a"));
        Assert.That(
            Store.Outbox.Pending(0, 100).Select(record => record.Sequence),
            Is.EqualTo(Enumerable.Range(1, 80).Select(number => (long)number)));
    }
}
