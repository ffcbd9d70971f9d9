using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Api;

/// <summary>A school's signed word that it took a record in, and who can tell whether it is.</summary>
public sealed class IntakeReceiptTests
{
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private StoreFolder records = null!;
    private RecordStore store = null!;
    private ChainBuilder blocks = null!;
    private IntakeReceipts receipts = null!;
    private TrustRoot trust = null!;

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        records = new StoreFolder();
        store = records.Open();
        blocks = new ChainBuilder(ledger, folder);
        receipts = new IntakeReceipts(
            ledger.ChainId, ledger.Identities[0], blocks.Chain,
            new ProofMaker(ledger.GenesisBytes, new ChainReader(folder.Database)), store, records.Clock);
        Assert.That(TrustRoot.TryFromGenesis(ledger.GenesisBytes, out TrustRoot? root), Is.True);
        trust = root!;
        store.AddAll([Statements.Intake(1)], "moodle");
    }

    [TearDown]
    public void Delete()
    {
        store.Dispose();
        records.Dispose();
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_receipt_verifies_offline_and_is_of_this_record_alone()
    {
        blocks.Decide(TestLedger.Time + 1_000, ledger.Settle(ledger.Identities[0]));
        ProofFile receipt = receipts.Find(Statements.Id(1)).Receipt!;
        StoredRecord stored = store.Find(RecordType.XapiStatement, Statements.Id(1))!;
        VerificationReport right = Verified(receipt);
        VerificationReport compared = Verified(receipt);
        compared.Compare(stored.Committed.Span);
        VerificationReport other = Verified(receipt);
        other.Compare(Statements.Intake(1, "student-18").Committed.Span);
        VerificationReport nothing = Verified(receipt);
        nothing.Compare("[]"u8);
        Assert.Multiple(() =>
        {
            Assert.That((right.Kind, right.Verdict), Is.EqualTo(("intake", Verdict.Passed)));
            Assert.That(right.Intake!.Id, Is.EqualTo(Statements.Id(1)));
            Assert.That(right.Intake.StoredUnixMs, Is.EqualTo(stored.Stored.ToUnixTimeMilliseconds()));
            Assert.That(right.Intake.Commitment.ToByteArray(), Is.EqualTo(stored.Commitment.ToArray()));
            Assert.That(compared.Verdict, Is.EqualTo(Verdict.Passed));
            Assert.That(other.Verdict, Is.EqualTo(Verdict.Failed));
            Assert.That(nothing.Verdict, Is.EqualTo(Verdict.Failed));
        });
    }

    [Test]
    public void A_changed_receipt_and_one_with_another_schools_key_are_refused()
    {
        blocks.Decide(TestLedger.Time + 1_000, ledger.Settle(ledger.Identities[0]));
        ProofFile changed = receipts.Find(Statements.Id(1)).Receipt!;
        IntakeBody body = IntakeBody.Parser.ParseFrom(changed.Intake.Body);
        body.StoredUnixMs--;
        changed.Intake.Body = body.ToByteString();
        ProofFile stolen = receipts.Find(Statements.Id(1)).Receipt!;
        body = IntakeBody.Parser.ParseFrom(stolen.Intake.Body);
        body.Institution = ByteString.CopyFrom(ledger.Identities[1].Address.ToArray());
        stolen.Intake.Body = body.ToByteString();
        Assert.Multiple(() =>
        {
            Assert.That(Verified(changed).Verdict, Is.EqualTo(Verdict.Failed));
            Assert.That(Verified(stolen).Verdict, Is.EqualTo(Verdict.Failed));
            Assert.That(Verified(stolen).Intake, Is.Null);
        });
    }

    [Test]
    public void Without_a_block_and_without_the_record_there_is_none()
    {
        Assert.That(receipts.Find(Statements.Id(1)), Is.EqualTo(new IntakeReceiptAnswer(true, null)));
        Assert.That(receipts.Find(Statements.Id(2)), Is.EqualTo(new IntakeReceiptAnswer(false, null)));
    }

    [Test]
    public void With_a_key_that_the_ledger_has_replaced_nothing_is_signed()
    {
        using SigningKey next = SigningKey.Create();
        SigningKey school = ledger.Identities[0];
        blocks.Decide(TestLedger.Time + 1_000, ledger.Signed(
            [school], Operations.RotateKey(ledger.ChainId, school.Address, 2, next)));

        Assert.That(receipts.Find(Statements.Id(1)), Is.EqualTo(new IntakeReceiptAnswer(true, null)));
    }

    private VerificationReport Verified(ProofFile receipt) => ProofVerifier.Verify(receipt.ToByteArray(), trust);
}
