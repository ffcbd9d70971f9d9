using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Transactions;
using Ledger.Consensus;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Node.Storage;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Ledger.Testing;
using Certificate = Ledger.Consensus.Certificate;

namespace Ledger.Node.Tests.Chain;

/// <summary>
/// What a block of insertions costs, by counts that are the same on every machine: a guard against what makes the node
/// slower without anybody's noticing. A change that needs a greater bound says why.
/// </summary>
[TestFixture]
public sealed class BlockCostTests
{
    private const int LearnersCount = 8;
    private const int VerbsCount = 8;
    private const int Transactions = 4;
    private const int InsertionsOfTransaction = 64;

    /// <summary>So many blocks later the code is compiled, and lists and tables have their size.</summary>
    private const int WarmUpBlocks = 12;

    /// <summary>
    /// Measured 1.34: the leaves of 64 contracts, 256 locators, and what a block and a transaction have.
    /// </summary>
    private const double PutsOfRecordMax = 1.4;

    /// <summary>Measured 2,260 bytes.</summary>
    private const double AllocatedOfRecordMax = 2_500;

    /// <summary>
    /// Measured, and the same in every run, as the keys are: 6.5 hashes for each of 256 records, in 64 contracts.
    /// </summary>
    private const long HashesOfBlockMax = 1_673;

    /// <summary>What a block takes whatever is in it.</summary>
    private const long HashesOfEmptyBlockMax = 7;

    /// <summary>Founders have the numbers below.</summary>
    private const int FirstLearner = 8;

    private TestLedger ledger = null!;
    private SigningKey[] learners = [];
    private DatabaseFolder folder = null!;
    private ChainBuilder builder = null!;
    private long records;

    private SigningKey School => ledger.Identities[0];

    [SetUp]
    public void Enrol()
    {
        ledger = TestLedger.OfFixedKeys();
        learners = [.. Enumerable.Range(FirstLearner, LearnersCount).Select(TestLedger.FixedKey)];
        records = 0;
        folder = new DatabaseFolder();
        builder = new ChainBuilder(ledger, folder);
        builder.Decide(TestLedger.Time + 1, ledger.Signed([School], Operations.PicCreate()));
        foreach (SigningKey learner in learners)
        {
            Address address = learner.Address;
            builder.Decide(
                TestLedger.Time + 2,
                ledger.Signed([learner], Operations.UicCreate()),
                ledger.Signed([School, learner], Operations.Enrol(address, School.Address)),
                ledger.Signed([School], [.. Verbs().SelectMany(verb => Contract(address, verb))]));
        }
    }

    [TearDown]
    public void Remove()
    {
        folder.Dispose();
        ledger.Dispose();
        Array.ForEach(learners, static learner => learner.Dispose());
    }

    [Test]
    public void A_record_costs_no_more_puts_and_no_more_memory_than_it_did()
    {
        for (int block = 0; block < WarmUpBlocks; block++)
        {
            builder.Decide(TestLedger.Time + 10 + block, Insertions());
        }

        ParsedTransaction[] transactions = Insertions();
        long before = GC.GetAllocatedBytesForCurrentThread();
        using DatabaseBatch batch = Apply(transactions);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        const int Count = Transactions * InsertionsOfTransaction;
        Assert.Multiple(() =>
        {
            Assert.That((double)batch.Count / Count, Is.LessThan(PutsOfRecordMax), "puts of a record");
            Assert.That((double)allocated / Count, Is.LessThan(AllocatedOfRecordMax), "bytes allocated for a record");
        });
    }

    [Test]
    public void A_block_of_records_takes_no_more_hashes_than_it_did()
    {
        builder.Decide(TestLedger.Time + 10, Insertions());
        ParsedTransaction[] transactions = Insertions();
        long before = Sha256.HashesOfThread;
        using DatabaseBatch batch = Apply(transactions);

        Assert.That(Sha256.HashesOfThread - before, Is.InRange(1, HashesOfBlockMax));
    }

    [Test]
    public void A_block_without_records_takes_the_hashes_of_a_header_and_its_trees_alone()
    {
        long before = Sha256.HashesOfThread;
        using DatabaseBatch batch = Apply([]);

        Assert.That(Sha256.HashesOfThread - before, Is.InRange(1, HashesOfEmptyBlockMax));
    }

    [Test]
    public void A_waiting_operation_takes_no_more_memory_than_the_pool_counts()
    {
        const int Count = 200;
        byte[] bytes = Insertions()[0].SignedBytes.ToArray();
        ParsedTransaction[] waiting = new ParsedTransaction[Count];
        waiting[0] = ledger.Read(bytes);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int place = 0; place < Count; place++)
        {
            waiting[place] = ledger.Read(bytes);
        }

        double taken = (double)(GC.GetTotalMemory(forceFullCollection: true) - before)
            / Count / InsertionsOfTransaction;
        TestContext.Out.WriteLine($"{taken:F0} bytes an operation of {bytes.Length / InsertionsOfTransaction}");
        Assert.That(taken, Is.LessThan(TransactionPool.CostPerOperation));
        GC.KeepAlive(waiting);
    }

    private DatabaseBatch Apply(ParsedTransaction[] transactions)
    {
        ExecutedBlock executed = NextBlock.Of(
            folder.Database, builder.Chain, ledger.ChainId, TestLedger.Time + 1000, transactions);
        DatabaseBatch batch = folder.Database.NewBatch();
        new ChainWriter(folder.Database).Write(
            batch, executed, new Certificate(VoteKind.Commit, 0, executed.Block.Height, 0, executed.Block.Hash, []));
        return batch;
    }

    private ParsedTransaction[] Insertions() =>
    [
        .. Enumerable.Range(0, Transactions).Select(_ => ledger.Signed(
            [School], [.. Enumerable.Range(0, InsertionsOfTransaction).Select(_ => Insertion())])),
    ];

    // One after the other, so that each contract has its share of every block.
    private Operation Insertion()
    {
        records++;
        byte[] id = TaggedHash.Of("test/record"u8, BitConverter.GetBytes(records)).ToArray();
        RecordEntry entry = new()
        {
            Locator = new Locator
            {
                Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = ByteString.CopyFrom(id.AsSpan(0, 16)),
            },
            Commitment = new Hash256(id).ToField(),
        };
        return Operations.LlpcInsert(
            learners[records % LearnersCount].Address, Verb((int)(records / LearnersCount % VerbsCount)), [entry]);
    }

    private static IEnumerable<Operation> Contract(Address learner, string verb) =>
    [
        Operations.LlpcCreate(learner, verb),
        Operations.UicInsert(learner, verb),
        Operations.PicInsert(learner, verb),
    ];

    private static IEnumerable<string> Verbs() => Enumerable.Range(0, VerbsCount).Select(Verb);

    private static string Verb(int number) => $"http://adlnet.gov/expapi/verbs/verb{number}";
}
