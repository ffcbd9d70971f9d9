using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Contracts.Protos;
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
    private FetchedBodies fetched = null!;
    private CountingVerifier signatures = null!;
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
        fetched = new FetchedBodies();
        signatures = new CountingVerifier();
        intake = new TransactionIntake(ledger.ChainId, blocks.Chain, pool, fetched, signatures, clock);
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

    [Test]
    public void What_is_here_already_costs_no_signature_however_often_it_comes()
    {
        byte[] bytes = ledger.Settle(ledger.Identities[0]).SignedBytes.ToArray();
        Assert.That(intake.Offer(bytes).Kind, Is.EqualTo(IntakeKind.Added));
        Assert.That(signatures.Checked, Is.EqualTo(1));

        IntakeAnswer again = intake.Offer(bytes.ToArray());
        IntakeAnswer handedIn = intake.Submit(bytes.ToArray());

        Assert.That(again.Kind, Is.EqualTo(IntakeKind.Known));
        Assert.That(handedIn.Kind, Is.EqualTo(IntakeKind.Known));
        Assert.That(handedIn.Transaction!.SignedBytes.ToArray(), Is.EqualTo(bytes), "who waits for it has its id");
        Assert.That(signatures.Checked, Is.EqualTo(1));
    }

    [Test]
    public void A_known_body_under_another_signature_is_checked_as_any_other()
    {
        SignedTransaction signed = SignedTransaction.Parser.ParseFrom(
            ledger.Settle(ledger.Identities[0]).SignedBytes.Span);
        Assert.That(intake.Offer(signed.ToByteArray()).Kind, Is.EqualTo(IntakeKind.Added));
        byte[] forged = signed.Signatures[0].ToByteArray();
        forged[0] ^= 1;
        signed.Signatures[0] = ByteString.CopyFrom(forged);

        Assert.That(intake.Offer(signed.ToByteArray()).Refusal, Is.EqualTo(TransactionRefusal.WrongSignature));
    }

    [Test]
    public void What_is_here_and_expired_meanwhile_is_refused_as_such()
    {
        ParsedTransaction soon = ledger.Settle(ledger.Identities[0], Now + 5_000);
        byte[] bytes = soon.SignedBytes.ToArray();
        Assert.That(intake.Offer(bytes).Kind, Is.EqualTo(IntakeKind.Added));
        TransactionIntake later = new(
            ledger.ChainId, blocks.Chain, pool, fetched, signatures, new AskedClock(Now + 6_000));

        Assert.That(later.Submit(bytes).Refusal, Is.EqualTo(TransactionRefusal.Expired));
        Assert.That(pool.Contains(soon.Id), Is.True, "a leader whose clock is behind may still decide it");
        Assert.That(signatures.Checked, Is.EqualTo(1));
    }

    [Test]
    public void Of_bodies_that_no_block_waits_for_or_that_are_here_no_signature_is_checked()
    {
        ParsedTransaction body = ledger.Settle(ledger.Identities[0]);
        byte[] bytes = body.SignedBytes.ToArray();

        Assert.That(intake.OfferBody(bytes, static _ => false), Is.False);
        Assert.That(fetched.TryGet(body.Leaf, out _), Is.False);
        Assert.That(signatures.Checked, Is.Zero);
        Assert.That(intake.OfferBody(bytes, leaf => leaf == body.Leaf), Is.True);
        Assert.That(intake.OfferBody(bytes.ToArray(), leaf => leaf == body.Leaf), Is.True);
        Assert.That(fetched.TryGet(body.Leaf, out _), Is.True);
        Assert.That(signatures.Checked, Is.EqualTo(1));
    }
}
