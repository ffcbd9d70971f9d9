using Ledger.Client.Keys;
using Ledger.Contracts.Transactions;
using Ledger.Node.Gossip;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Gossip;

public sealed class TransactionIntakeTests
{
    private const long Now = TestLedger.Time + 1_000;
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private TransactionPool pool = null!;
    private AskedClock clock = null!;
    private TransactionIntake intake = null!;

    [SetUp]
    public void Open()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        clock = new AskedClock(Now);
        pool = new TransactionPool(clock);
        blocks.Chain.Decided += new PoolUpkeep(pool, blocks.Chain, clock).OnDecided;
        intake = new TransactionIntake(
            ledger.ChainId, blocks.Chain, pool, new FetchedBodies(), Ed25519Verifier.Instance, clock);
    }

    [TearDown]
    public void Close()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_client_leaves_time_to_decide_its_transaction()
    {
        long enough = Now + TransactionIntake.ValidityLeftMsMin;
        ParsedTransaction tooShort = ledger.Settle(ledger.Identities[0], enough - 1);

        Assert.That(intake.Submit(tooShort.SignedBytes).Refusal, Is.EqualTo(TransactionRefusal.ExpiresTooSoon));
        Assert.That(pool.Count, Is.Zero);
        Assert.That(
            intake.Submit(ledger.Settle(ledger.Identities[0], enough).SignedBytes).Kind,
            Is.EqualTo(IntakeKind.Added));
    }

    [Test]
    public void Where_the_ledger_is_ahead_of_the_clock_the_time_left_counts_from_there()
    {
        blocks.Decide(Now + 5_000, ledger.Settle(ledger.Identities[1]));

        ParsedTransaction tooShort = ledger.Settle(ledger.Identities[0], Now + 5_900);

        Assert.That(intake.Submit(tooShort.SignedBytes).Refusal, Is.EqualTo(TransactionRefusal.ExpiresTooSoon));
    }

    [Test]
    public void What_a_node_sends_is_taken_up_to_its_last_valid_time()
    {
        Assert.That(
            intake.Offer(ledger.Settle(ledger.Identities[0], Now).SignedBytes).Kind, Is.EqualTo(IntakeKind.Added));
        Assert.That(
            intake.Offer(ledger.Settle(ledger.Identities[0], Now - 1).SignedBytes).Refusal,
            Is.EqualTo(TransactionRefusal.Expired));
    }

    [Test]
    public void What_was_judged_before_its_signer_was_revoked_does_not_wait_after()
    {
        SigningKey accused = ledger.Identities[0];
        ParsedTransaction late = ledger.Settle(accused);
        ParsedTransaction[] votes = Revocation.Of(ledger, accused);
        clock.OnAsked = () => blocks.Decide(Now, votes);

        IntakeAnswer answer = intake.Offer(late.SignedBytes);

        Assert.That(blocks.Chain.Head.Height, Is.EqualTo(1), "the block came between head and pool");
        Assert.That(answer.Refusal, Is.EqualTo(TransactionRefusal.UnknownSigner));
        Assert.That(pool.Count, Is.Zero);
    }

    [Test]
    public void What_was_decided_while_it_was_judged_does_not_wait_after()
    {
        ParsedTransaction twice = ledger.Settle(ledger.Identities[0]);
        clock.OnAsked = () => blocks.Decide(Now, twice);

        Assert.That(intake.Offer(twice.SignedBytes).Kind, Is.EqualTo(IntakeKind.Known));
        Assert.That(pool.Count, Is.Zero);
    }
}
