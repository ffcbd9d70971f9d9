using Ledger.Client.Keys;
using Ledger.Consensus;
using Ledger.Contracts.Transactions;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Agreement;

public sealed class BlockAssemblerTests
{
    private readonly ManualClock clock = new() { Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time) };
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainState chain = null!;
    private TransactionPool pool = null!;
    private KernelHost host = null!;
    private BlockAssembler assembler = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        chain = new ChainBuilder(ledger, folder).Chain;
        pool = new TransactionPool(clock);
        host = new KernelHost(static _ => { });
        FetchedBodies fetched = new();
        assembler = new BlockAssembler(
            ledger.ChainId, chain, pool, new RecordIndex(folder.Database),
            new BodyStore(pool, fetched, folder.Database, ledger.ChainId, Ed25519Verifier.Instance), fetched, clock,
            host, peers: null!);
    }

    [TearDown]
    public void Close()
    {
        host.Dispose();
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_leader_finds_what_it_can_propose_behind_a_whole_block_of_what_has_just_ended()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        for (int place = 0; place < BlockLimits.TransactionsMax; place++)
        {
            Add(ledger.Settle(ledger.Identities[0], TestLedger.Time + 10));
        }

        ParsedTransaction valid = ledger.Settle(ledger.Identities[1]);
        Add(valid);
        clock.Now += TimeSpan.FromMilliseconds(11);

        Assert.That(assembler.OldestWork(), Is.Not.Null, "C-20 sees past what has ended");
        assembler.Build(new BuildRequest(
            1, 0, 0, chain.Head.BlockHash, chain.Head.Header.TimeUnixMs, chain.Head.NextSet.Hash));

        Assert.That(pool.Select(_ => true), Is.EqualTo([valid]));
        Assert.That(said, Is.EqualTo([true]), "there was work all the time");
    }

    [Test]
    public void A_leader_that_finds_nothing_says_before_that_there_is_no_work()
    {
        List<bool> said = [];
        pool.WorkChanged += said.Add;
        Add(ledger.Settle(ledger.Identities[0], TestLedger.Time + 10));
        clock.Now += TimeSpan.FromMilliseconds(11);

        assembler.Build(new BuildRequest(
            1, 0, 0, chain.Head.BlockHash, chain.Head.Header.TimeUnixMs, chain.Head.NextSet.Hash));

        Assert.That(said, Is.EqualTo([true, false]));
        Assert.That(assembler.OldestWork(), Is.Null);
    }

    private void Add(ParsedTransaction transaction) =>
        pool.Add(transaction, PoolShare.Of(transaction.Signers[0].Address));
}
