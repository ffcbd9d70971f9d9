using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Chain;

/// <summary>Leaves of a range stand together as they came, and with the newest of them the range's value.</summary>
[TestFixture]
public sealed class RangeStoreTests
{
    private static readonly LlpcName Llpc = new(new Address(HashOf(1)), "http://adlnet.gov/expapi/verbs/answered");
    private static readonly Address Writer = new(HashOf(2));
    private static readonly RangeName Range = RangeName.OfRecords(Llpc, Writer);

    private string folder = null!;
    private LedgerDatabase database = null!;
    private RangeStore store = null!;

    [SetUp]
    public void Open()
    {
        folder = Directory.CreateTempSubdirectory("range-store-").FullName;
        database = LedgerDatabase.Open(Path.Combine(folder, "data"));
        store = new RangeStore(database);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Leaves_are_read_from_any_index_on_whatever_came_together()
    {
        Append(0, 1);
        Append(1, 3);
        Append(4, RangeStore.EntryLeavesMax + 5);
        ulong count = 4 + RangeStore.EntryLeavesMax + 5;

        for (ulong from = 0; from <= count; from++)
        {
            Assert.That(
                store.Leaves(Range, from).Select(static leaf => leaf.Index),
                Is.EqualTo(Enumerable.Range((int)from, (int)(count - from))));
        }
    }

    [Test]
    public void The_state_has_the_value_that_came_last()
    {
        Append(0, 2);
        Append(2, 1);

        (byte[] key, byte[] value) = store.State([], null).Single();

        Assert.That(key, Is.EqualTo(Range.ToRawKey()));
        Assert.That(value, Is.EqualTo(ValueAt(3)));
    }

    [Test]
    public void A_record_takes_one_put_besides_that_of_its_range()
    {
        Append(0, 1);
        using DatabaseBatch batch = database.NewBatch();
        RangeStore.Put(batch, [Grown(1, 1)]);

        Assert.That(batch.Count, Is.EqualTo(2));
    }

    [Test]
    public void A_locator_leads_to_its_record()
    {
        Append(0, 2);

        Assert.That(
            new RecordIndex(database).Find(RecordIndexKey.Of(Writer, Leaf(1).Locator)),
            Is.EqualTo(new AnchoredRecord(Llpc.Learner, Llpc.VerbHash, 7, 1, HashOf(101))));
        Assert.That(new RecordIndex(database).Find(RecordIndexKey.Of(Writer, Leaf(2).Locator)), Is.Null);
    }

    private void Append(ulong first, int count)
    {
        using DatabaseBatch batch = database.NewBatch();
        RangeStore.Put(batch, [Grown(first, count)]);
        database.Write(batch, synced: false);
    }

    private static GrownRange Grown(ulong first, int count) => new(
        StateKeys.RecordRange(Llpc, Writer),
        ValueAt(first + (ulong)count),
        [.. Enumerable.Range(0, count).Select(place => Leaf(first + (ulong)place))]);

    // What the value says is nothing to the store.
    private static byte[] ValueAt(ulong count) => new RecordRange { Count = count }.ToByteArray();

    private static RecordLeaf Leaf(ulong index) => new()
    {
        Index = index,
        Height = 7,
        Locator = new Locator
        {
            Lrs = 1,
            QueryTemplate = 1,
            KeyVersion = 1,
            HashedId = ByteString.CopyFrom(HashOf(index).ToArray()[..16]),
        },
        Commitment = ByteString.CopyFrom(HashOf(100 + index).ToArray()),
    };

    private static Hash256 HashOf(ulong number) => TaggedHash.Of("test"u8, LedgerDatabase.HeightKey(number));
}
