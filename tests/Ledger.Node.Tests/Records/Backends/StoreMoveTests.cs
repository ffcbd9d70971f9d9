using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Records.Backends;

[TestFixture(StoreKind.Sqlite, StoreKind.Sqlite)]
[TestFixture(StoreKind.Sqlite, StoreKind.Postgres)]
[TestFixture(StoreKind.Postgres, StoreKind.Sqlite)]
public sealed class StoreMoveTests(StoreKind from, StoreKind to)
{
    private const int Records = 2_500;

    private StoreBench source = null!;
    private StoreBench target = null!;

    [SetUp]
    public void Fill()
    {
        source = new StoreBench(from);
        target = new StoreBench(to);
        using RecordStore store = source.Open();
        store.AddAll([.. Enumerable.Range(0, Records).Select(number => Statements.Intake(number))], "moodle");
        JsonObject described = Statements.Statement(Records);
        described["object"] = JsonNode.Parse("""{"id":"https://a.org","definition":{"name":{"ja":"あ"}}}""");
        store.AddAll([Statements.Read(described.ToJsonString())], [AttachmentContent.Of(new byte[100])], "moodle");
        store.Documents.Change(Scope(), "x", _ => new DocumentChange.Keep("text/plain", "one"u8.ToArray()));
        Hash256 batch = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]);
        store.Outbox.StoreBatch(new SignedBatch(batch, new byte[] { 1 }, DateTimeOffset.UnixEpoch, [2, 3]));
    }

    [TearDown]
    public void Remove()
    {
        source?.Dispose();
        target?.Dispose();
    }

    [Test]
    public void EverythingIsThereAfterwards()
    {
        Assert.That(Move(new Progress()), Is.EqualTo(Records + 1));
        using RecordStore moved = target.Open(source.Keys);
        using RecordStore old = source.Open();
        StoredRecord here = moved.Find(RecordType.XapiStatement, Statements.Id(7))!;
        StoredRecord there = old.Find(RecordType.XapiStatement, Statements.Id(7))!;
        Assert.Multiple(() =>
        {
            Assert.That(here.Salt.ToArray(), Is.EqualTo(there.Salt.ToArray()));
            Assert.That(here.Sequence, Is.EqualTo(there.Sequence));
            Assert.That(
                moved.Query(StatementQuery.All.With(SearchKind.Verb, Statements.Viewed)).HasMore, Is.True);
            Assert.That(moved.Documents.Find(Scope(), "x")!.Content.Length, Is.EqualTo(3));
            Assert.That(moved.Outbox.OpenBatches().Single().Sequences, Is.EqualTo(new long[] { 2, 3 }));
            Assert.That(moved.Definition("https://a.org"), Is.Not.Null);
            Assert.That(moved.Attachment(AttachmentContent.Of(new byte[100]).Digest), Is.Not.Null);
            Assert.That(moved.AddAll([Statements.Intake(9_000)], "moodle").Added, Is.EqualTo(1));
        });
    }

    [Test]
    public void AMoveThatWasStoppedGoesOn()
    {
        using CancellationTokenSource stop = new();
        Progress first = new() { OnReport = step => StopAt(step, stop) };
        Assert.Throws<OperationCanceledException>(() => Move(first, stop.Token));
        Progress second = new();
        Assert.That(Move(second), Is.EqualTo(Records + 1));
        Assert.That(
            second.Steps.First(step => step.Table == "records").Done, Is.GreaterThan(1_000),
            "the records of the first page are not copied again");
    }

    [Test]
    public void ATargetThatHoldsAnotherStoreIsRefused()
    {
        using (RecordStore other = target.Open(source.Keys))
        {
            other.AddAll([Statements.Intake(1)], "moodle");
        }

        Assert.That(() => Move(new Progress()), Throws.TypeOf<RecordStoreException>().With.Message.Contains("another"));
    }

    [Test]
    public void ATargetThatWasUsedMeanwhileIsNotTakenForTheSame()
    {
        Move(new Progress());
        using (RecordStore moved = target.Open(source.Keys))
        {
            moved.AddAll([Statements.Intake(9_000)], "moodle");
        }

        Assert.That(() => Move(new Progress()), Throws.TypeOf<RecordStoreException>());
    }

    private static void StopAt(MoveProgress step, CancellationTokenSource stop)
    {
        if (step.Table == "records")
        {
            stop.Cancel();
        }
    }

    private static DocumentScope Scope() =>
        new(DocumentKind.AgentProfile, string.Empty, "mbox|mailto:a@b.c", string.Empty, false);

    private long Move(Progress progress, CancellationToken cancellation = default) =>
        new StoreMove(source.Backend(), target.Backend(), progress).Run(cancellation);

    private sealed class Progress : IProgress<MoveProgress>
    {
        public List<MoveProgress> Steps { get; } = [];

        public Action<MoveProgress> OnReport { get; init; } = static _ => { };

        public void Report(MoveProgress value)
        {
            Steps.Add(value);
            OnReport(value);
        }
    }
}
