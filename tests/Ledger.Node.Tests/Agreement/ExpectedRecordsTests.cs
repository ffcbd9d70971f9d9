using Google.Protobuf;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Agreement;

/// <summary>What is looked up before a block runs is what would be found while it runs.</summary>
public sealed class ExpectedRecordsTests
{
    private const string Verb = "https://example.org/verbs/completed";
    private const int Many = 3_000;

    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private RecordIndex index = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        index = new RecordIndex(folder.Database);
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void It_says_of_every_record_of_a_block_what_the_index_says()
    {
        int[] anchored = [.. Enumerable.Range(0, Many).Where(static number => number % 7 == 0)];
        Anchor(0, anchored);
        ParsedTransaction[] block =
            [.. Enumerable.Range(0, Many).Chunk(100).Select(numbers => Insertion(0, numbers))];

        ExpectedRecords expected = new(index, block);

        for (int number = 0; number < Many; number++)
        {
            AnchoredRecord? found = expected.Find(KeyOf(0, number));
            Assert.That(found, Is.EqualTo(index.Find(KeyOf(0, number))));
            Assert.That(found is not null, Is.EqualTo(number % 7 == 0), "record " + number);
        }
    }

    [Test]
    public void The_same_id_of_another_writer_is_another_record()
    {
        Anchor(0, [1]);

        ExpectedRecords expected = new(index, [Insertion(0, [1]), Insertion(1, [1])]);

        Assert.That(expected.Find(KeyOf(0, 1)), Is.Not.Null);
        Assert.That(expected.Find(KeyOf(1, 1)), Is.Null);
    }

    [Test]
    public void The_index_is_asked_for_what_no_transaction_of_the_block_inserts()
    {
        ExpectedRecords expected = new(index, [ledger.Settle(ledger.Identities[0]), Insertion(0, [1])]);
        Anchor(0, [1, 2]);

        Assert.That(expected.Find(KeyOf(0, 1)), Is.Null, "it was looked up before");
        Assert.That(expected.Find(KeyOf(0, 2)), Is.EqualTo(index.Find(KeyOf(0, 2))));
        Assert.That(expected.Find(KeyOf(0, 3)), Is.Null);
    }

    [Test]
    public void Damage_stops_the_block_before_it_runs()
    {
        folder.Put(LedgerColumns.Locators, KeyOf(0, 1).ToArray(), [1, 2, 3]);

        Assert.That(() => new ExpectedRecords(index, [Insertion(0, [1])]), Throws.TypeOf<InvariantException>());
    }

    private void Anchor(int writer, int[] numbers)
    {
        foreach (int number in numbers)
        {
            byte[] value = new byte[AnchoredRecord.Size];
            AnchoredRecord.Write(
                value, ledger.Identities[writer].Address, Hash256.Zero, 7, (ulong)number, IdOf(number).Span);
            folder.Put(LedgerColumns.Locators, KeyOf(writer, number).ToArray(), value);
        }
    }

    private ParsedTransaction Insertion(int writer, int[] numbers) => ledger.Signed(
        [ledger.Identities[writer]],
        [.. numbers.Chunk(3).Select(some =>
            Operations.LlpcInsert(ledger.Identities[3].Address, Verb, some.Select(Entry)))]);

    private RecordIndexKey KeyOf(int writer, int number) =>
        RecordIndexKey.Of(ledger.Identities[writer].Address, LocatorOf(number));

    private static RecordEntry Entry(int number) =>
        new() { Locator = LocatorOf(number), Commitment = ByteString.CopyFrom(IdOf(number).Span) };

    private static Locator LocatorOf(int number) => new()
    {
        Lrs = 1,
        QueryTemplate = 1,
        KeyVersion = 1,
        HashedId = ByteString.CopyFrom(IdOf(number).Span[..16]),
    };

    private static ReadOnlyMemory<byte> IdOf(int number) =>
        TaggedHash.Of("test"u8, BitConverter.GetBytes(number)).ToArray();
}
