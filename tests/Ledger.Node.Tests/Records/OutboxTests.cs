using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Records;

public sealed class OutboxTests
{
    private static readonly Hash256 FirstId = new([.. Enumerable.Repeat((byte)1, Hash256.Size)]);
    private static readonly Hash256 SecondId = new([.. Enumerable.Repeat((byte)2, Hash256.Size)]);

    private StoreFolder folder = null!;
    private RecordStore store = null!;

    [SetUp]
    public void MakeStore()
    {
        folder = new StoreFolder();
        store = folder.Open();
        store.AddAll(
            [
                Statements.Intake(1), Statements.Intake(2, student: "student-18"), Statements.Intake(3),
                Statements.Intake(4, verb: "https://example.org/verbs/read"),
            ],
            "moodle");
    }

    [TearDown]
    public void RemoveStore()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Test]
    public void PendingRecordsAreGroupedByActorAndVerb()
    {
        IReadOnlyList<PendingGroup> groups = store.Outbox.PendingGroups(0, 100);
        Assert.That(
            groups.Select(group => string.Join(",", group.Records.Select(record => record.Sequence))),
            Is.EqualTo(new[] { "1,3", "2", "4" }));
    }

    [Test]
    public void PagesGoOnBehindARecordThatStays() =>
        Assert.That(store.Outbox.Pending(2, 1).Single().Sequence, Is.EqualTo(3));

    [Test]
    public void SignedBytesAreThereUnchangedAfterARestart()
    {
        SignedBatch batch = Batch(FirstId, 1, 3);
        store.Outbox.StoreBatch(batch);
        store.Dispose();
        store = folder.Open();
        SignedBatch open = store.Outbox.OpenBatches().Single();
        Assert.Multiple(() =>
        {
            Assert.That(open.TransactionId, Is.EqualTo(FirstId));
            Assert.That(open.Bytes.ToArray(), Is.EqualTo(batch.Bytes.ToArray()));
            Assert.That(open.LastValid, Is.EqualTo(batch.LastValid));
            Assert.That(open.Sequences, Is.EqualTo(new long[] { 1, 3 }));
            Assert.That(Waiting(), Is.EqualTo(new long[] { 2, 4 }));
            Assert.That(Find(1).State, Is.EqualTo(RecordState.Submitted));
        });
    }

    [Test]
    public void ARecordIsInOneBatchOnly()
    {
        store.Outbox.StoreBatch(Batch(FirstId, 1, 3));
        Assert.Multiple(() =>
        {
            Assert.Throws<InvalidOperationException>(() => store.Outbox.StoreBatch(Batch(SecondId, 2, 3)));
            Assert.That(store.Outbox.OpenBatches(), Has.Count.EqualTo(1));
            Assert.That(Waiting(), Is.EqualTo(new long[] { 2, 4 }));
        });
    }

    [Test]
    public void AReleasedBatchIsSignedAnew()
    {
        store.Outbox.StoreBatch(Batch(FirstId, 1, 3));
        store.Outbox.Release(FirstId);
        Assert.Multiple(() =>
        {
            Assert.That(Waiting(), Is.EqualTo(new long[] { 1, 2, 3, 4 }));
            Assert.That(Find(1).State, Is.EqualTo(RecordState.Stored));
            Assert.Throws<InvalidOperationException>(() => store.Outbox.Release(FirstId));
        });
        store.Outbox.StoreBatch(Batch(SecondId, 1, 3));
        Assert.That(store.Outbox.OpenBatches().Single().TransactionId, Is.EqualTo(SecondId));
    }

    [Test]
    public void ASettledBatchGivesItsRecordsAPlaceOrARefusal()
    {
        store.Outbox.StoreBatch(Batch(FirstId, 1, 3));
        LedgerPlace place = new(17, "llpc"u8.ToArray(), 4);
        store.Outbox.Settle(FirstId, [RecordOutcome.Refused(3, "NO_ENROLMENT"), RecordOutcome.Anchored(1, place)]);
        StoredRecord anchored = Find(1);
        StoredRecord refused = Find(3);
        Assert.Multiple(() =>
        {
            Assert.That((anchored.Place!.Height, anchored.Place.WriterIndex), Is.EqualTo((17UL, 4UL)));
            Assert.That(anchored.Place.Llpc.ToArray(), Is.EqualTo("llpc"u8.ToArray()));
            Assert.That((anchored.State, refused.State), Is.EqualTo((RecordState.Anchored, RecordState.Refused)));
            Assert.That((refused.Place, refused.RefusalCode), Is.EqualTo(((LedgerPlace?)null, "NO_ENROLMENT")));
            Assert.That(store.Outbox.OpenBatches(), Is.Empty);
            Assert.That(Waiting(), Is.EqualTo(new long[] { 2, 4 }));
        });
    }

    [Test]
    public void ABatchIsSettledAsAWholeOrNotAtAll()
    {
        store.Outbox.StoreBatch(Batch(FirstId, 1, 3));
        RecordOutcome one = RecordOutcome.Anchored(1, new LedgerPlace(17, "llpc"u8.ToArray(), 4));
        Assert.Multiple(() =>
        {
            Assert.Throws<InvalidOperationException>(() => store.Outbox.Settle(FirstId, [one]));
            Assert.Throws<InvalidOperationException>(() => store.Outbox.Settle(SecondId, [one]));
            Assert.That(store.Outbox.OpenBatches().Single().Sequences, Is.EqualTo(new long[] { 1, 3 }));
            Assert.That(Find(1).State, Is.EqualTo(RecordState.Submitted));
        });
    }

    [Test]
    public void WaitingRecordsAreRefusedTogetherOrNotAtAll()
    {
        store.Outbox.StoreBatch(Batch(FirstId, 3));
        Assert.Throws<InvalidOperationException>(() => store.Outbox.Refuse([1, 3], "VERB"));
        Assert.That(Waiting(), Is.EqualTo(new long[] { 1, 2, 4 }));

        store.Outbox.Refuse([1, 4], "VERB");

        Assert.Multiple(() =>
        {
            Assert.That(Waiting(), Is.EqualTo(new long[] { 2 }));
            Assert.That((Find(4).State, Find(4).RefusalCode), Is.EqualTo((RecordState.Refused, "VERB")));
        });
    }

    [Test]
    public void KeysOfWaitingRecordsComeInTheSamePages() => Assert.That(
        store.Outbox.PendingKeys(1, 2),
        Is.EqualTo(store.Outbox.Pending(1, 2).Select(
            record => new PendingKey(record.Sequence, record.ActorKey, record.VerbIri, record.Stored))));

    private static SignedBatch Batch(Hash256 id, params long[] sequences) =>
        new(id, new byte[] { 1, 2, 3, 255 }, new DateTimeOffset(2026, 1, 2, 3, 6, 5, TimeSpan.Zero), sequences);

    private IEnumerable<long> Waiting() => store.Outbox.Pending(0, 100).Select(record => record.Sequence);

    private StoredRecord Find(int number) => store.Find(RecordType.XapiStatement, Statements.Id(number))!;
}
