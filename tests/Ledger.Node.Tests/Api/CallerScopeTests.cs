using Ledger.Client.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Peers;
using Ledger.Node.Pool;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>Anybody can register a key; what it opens depends on whose it is.</summary>
public sealed class CallerScopeTests
{
    private readonly ManualClock clock = new();
    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey other = SigningKey.Create();
    private readonly SigningKey applicant = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private CallerAuthentication callers = null!;
    private LedgerNodeService node = null!;
    private ParsedTransaction made = null!;
    private ParsedTransaction written = null!;

    private SigningKey North => ledger.Identities[0];

    [OneTimeSetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        ChainBuilder blocks = new(ledger, folder);
        made = Signed(learner, Operations.UicCreate());
        written = Signed(North, Operations.LlpcCreate(learner.Address, Statements.Viewed));
        blocks.Decide(
            TestLedger.Time + 1_000,
            made,
            Signed(other, Operations.UicCreate()),
            Signed(applicant, Operations.RegisterInstitution(
                "Applicant", "applicant.example", InstitutionKind.LearningProvider)),
            Signed(North, Operations.PicCreate()));
        blocks.Decide(TestLedger.Time + 2_000, Enrolment());
        blocks.Decide(TestLedger.Time + 3_000, written);
        ChainReader reader = new(folder.Database);
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, clock);
        NodeIdentity identity = new(ledger.ChainId, "Test", North.Address, "School 0", "1", "", "");
        NodeStatusSource status = new(
            identity, blocks.Chain, new TransactionPool(TimeProvider.System), network: null!, () =>
                new ReplicaView(0, false, Ledger.Consensus.Standing.Voting, 0));
        node = new LedgerNodeService(
            status, ledger.GenesisBytes, ledger.ChainId, North.Address, callers, submissions: null!,
            new OutcomeTracker(blocks.Chain, reader), new ProofMaker(ledger.GenesisBytes, reader),
            new BlockQueries(blocks.Chain, reader), new StateQueries(blocks.Chain, reader), blocks.Chain);
    }

    [OneTimeTearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
        learner.Dispose();
        other.Dispose();
        applicant.Dispose();
    }

    [Test]
    public void A_member_is_told_about_everybody() => Assert.Multiple(() =>
    {
        foreach ((string name, Action<SigningKey> ask) in AboutTheLearner())
        {
            Assert.DoesNotThrow(() => ask(ledger.Identities[1]), name);
        }
    });

    [Test]
    public void A_learner_is_told_about_itself() => Assert.Multiple(() =>
    {
        foreach ((string name, Action<SigningKey> ask) in AboutTheLearner())
        {
            Assert.DoesNotThrow(() => ask(learner), name);
        }
    });

    [Test]
    public void A_stranger_who_registered_a_key_is_told_nothing_about_a_learner() => Assert.Multiple(() =>
    {
        foreach ((string name, Action<SigningKey> ask) in AboutTheLearner())
        {
            Denied(() => ask(other), $"learner: {name}");
            Denied(() => ask(applicant), $"pending institution: {name}");
        }

        Denied(() => node.ListPic(new PicRequest { Provider = Bytes(North.Address) }, Call(other)), "another's index");
    });

    [Test]
    public void Institutions_and_ones_own_index_are_for_whoever_has_a_key() => Assert.Multiple(() =>
    {
        foreach (SigningKey key in new[] { learner, applicant, North })
        {
            Assert.DoesNotThrow(() => node.ListInstitutions(new PageRequest(), Call(key)));
            Assert.DoesNotThrow(
                () => node.GetInstitution(new AddressRequest { Address = Bytes(North.Address) }, Call(key)));
            Assert.DoesNotThrow(() => node.ListPic(new PicRequest { Provider = Bytes(key.Address) }, Call(key)));
            Assert.DoesNotThrow(() => node.GetState(Key(StateKeys.Roll), Call(key)));
            Assert.DoesNotThrow(() => node.GetState(Key(StateKeys.SigningKeys(North.Address).Counter), Call(key)));
        }
    });

    [Test]
    public void Keys_of_the_state_that_name_nothing_or_are_cut_are_for_members() => Assert.Multiple(() =>
    {
        foreach (byte[] key in new byte[][] { [0xff], [(byte)StateKind.Llpc], [(byte)StateKind.SigningKey, 1, 2] })
        {
            Denied(() => node.GetState(new StateRequest { Key = ByteString.CopyFrom(key) }, Call(other)), "key");
        }
    });

    [Test]
    public void Without_proof_only_what_is_in_the_header_of_a_block_is_told()
    {
        CallContext nobody = new([]);
        BlockView open = node.GetBlock(new BlockRequest { Height = 1 }, nobody).Result;

        Assert.Multiple(() =>
        {
            Assert.That(open.TransactionIds, Is.Empty);
            Assert.That(open.TransactionCount, Is.EqualTo(4));
            Unauthenticated(() => node.GetOutcome(Id(made), nobody));
            Unauthenticated(() => node.GetInstitution(new AddressRequest { Address = Bytes(North.Address) }, nobody));
            Unauthenticated(() => node.GetBlock(new BlockRequest { Height = 1, WithTransactions = true }, nobody));
        });
    }

    [Test]
    public void The_transactions_of_a_block_are_for_members()
    {
        BlockRequest request = new() { Height = 1, WithTransactions = true };

        Assert.That(node.GetBlock(request, Call(North)).Result.Transactions, Has.Count.EqualTo(4));
        Assert.That(
            node.GetBlock(new BlockRequest { Height = 1 }, Call(North)).Result.TransactionIds, Has.Count.EqualTo(4));
        Assert.That(node.GetBlock(new BlockRequest { Height = 1 }, Call(learner)).Result.TransactionIds, Is.Empty);
        Denied(() => node.GetBlock(request, Call(learner)), "transactions");
    }

    [Test]
    public void What_is_not_decided_is_unknown_to_whoever_asks() => Assert.That(
        node.GetOutcome(new TransactionRequest { TransactionId = Bytes(North.Address) }, Call(other)).Result.State,
        Is.EqualTo(OutcomeState.Unknown));

    [Test]
    public void A_batch_about_several_learners_is_shown_to_its_signer_and_to_none_of_them()
    {
        ParsedTransaction batch = Signed(
            North,
            Operations.LlpcCreate(learner.Address, Statements.Viewed),
            Operations.LlpcCreate(other.Address, Statements.Viewed));
        SignedTransaction signed = new() { Body = batch.Body.ToByteString() };

        Assert.That(TransactionParties.Concerns(signed, North.Address), Is.True);
        Assert.That(TransactionParties.Concerns(signed, learner.Address), Is.False);
        Assert.That(TransactionParties.Concerns(signed, other.Address), Is.False);
    }

    private (string Name, Action<SigningKey> Ask)[] AboutTheLearner()
    {
        ByteString address = Bytes(learner.Address);
        return
        [
            ("learner", key => node.GetLearner(new AddressRequest { Address = address }, Call(key))),
            ("uic", key => node.ListUic(new UicRequest { Learner = address }, Call(key))),
            ("llpc", key => node.GetLlpc(new LlpcQuery { Learner = address, Verb = Statements.Viewed }, Call(key))),
            ("requests", key => node.ListRequests(new RequestsQuery { Learner = address }, Call(key))),
            ("state", key => node.GetState(Key(StateKeys.Learner(learner.Address)), Call(key))),
            ("key", key => node.GetState(Key(StateKeys.SigningKeys(learner.Address).Counter), Call(key))),
            ("own transaction", key => node.GetTransaction(Id(made), Call(key))),
            ("own outcome", key => node.GetOutcome(Id(made), Call(key))),
            ("own receipt", key => node.GetReceipt(Receipt(made), Call(key))),
            ("receipt about it", key => node.GetReceipt(Receipt(written), Call(key))),
        ];
    }

    private static TransactionRequest Id(ParsedTransaction transaction) =>
        new() { TransactionId = ByteString.CopyFrom(transaction.Id.ToArray()) };

    private static ReceiptRequest Receipt(ParsedTransaction transaction) =>
        new() { TransactionId = ByteString.CopyFrom(transaction.Id.ToArray()) };

    private static StateRequest Key(StateKey key) => new() { Key = ByteString.CopyFrom(key.Raw.Span) };

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());

    private static void Denied(Action ask, string what) => Refused(ask, StatusCode.PermissionDenied, what);

    private static void Unauthenticated(Action ask) => Refused(ask, StatusCode.Unauthenticated, "no proof");

    private static void Refused(Action ask, StatusCode code, string what) => Assert.That(
        Assert.Throws<RpcException>(ask, what)?.StatusCode, Is.EqualTo(code), what);

    private CallContext Call(SigningKey key)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = Bytes(key.Address),
            PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }

    private ParsedTransaction Signed(SigningKey key, params Operation[] operations) => ledger.Parse(
        TransactionBuilder.Signed(ledger.ChainId, TestLedger.Time + 60_000, key.Address, key, operations));

    private ParsedTransaction Enrolment()
    {
        TransactionBuilder builder = new(ledger.ChainId, TestLedger.Time + 60_000);
        int actor = builder.AddSigner(learner.Address, learner.PublicKey);
        builder.AddSigner(North.Address, North.PublicKey);
        PendingTransaction transaction =
            builder.AddGroup(actor, Operations.Enrol(learner.Address, North.Address)).Build();
        transaction.AddSignature(learner);
        transaction.AddSignature(North);
        return ledger.Parse(transaction);
    }
}
