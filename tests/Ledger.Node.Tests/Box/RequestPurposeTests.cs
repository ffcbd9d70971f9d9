using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Purposes;
using Ledger.Client.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

/// <summary>What requests are for is kept sealed, and shown to the learner alone.</summary>
public sealed class RequestPurposeTests
{
    private const string Words = "Advice for the spring term";
    private readonly SigningKey learner = SigningKey.Create();
    private readonly EncryptionKey own = EncryptionKey.Create();
    private readonly EncryptionKey key = EncryptionKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private StoreFolder files = null!;
    private SealedOpenings store = null!;
    private CallerAuthentication callers = null!;
    private RequestPurposeService service = null!;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        files = new StoreFolder();
        blocks = new ChainBuilder(ledger, folder);
        blocks.Decide(TestLedger.Time + 1_000, ledger.Signed([learner], Operations.UicCreate()));
        files.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time + 10_000);
        store = new SealedOpenings(Path.ChangeExtension(files.File, "purposes"));
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, files.Clock);
        service = new RequestPurposeService(North.Address, callers, blocks.Chain, store, own, files.Clock);
    }

    [TearDown]
    public void Delete()
    {
        store.Dispose();
        files.Dispose();
        folder.Dispose();
        ledger.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        learner.Dispose();
        own.Dispose();
        key.Dispose();
    }

    [Test]
    public async Task The_learner_reads_the_words_even_if_its_key_came_after_them()
    {
        PurposeOpening opening = await KeepAsync();
        Hash256 commitment = RequestPurpose.CommitmentOf(opening);
        blocks.Decide(
            TestLedger.Time + 2_000, ledger.Signed([learner], Operations.PublishEncryptionKey(key.PublicKey)));

        PurposeContents shown = await service.OpenPurposes(Query(commitment), Call(learner));

        SealedMessage content = shown.Contents.Single().Content;
        Assert.That(RequestPurpose.WordsIn(content, key, commitment), Is.EqualTo(Words));
        Assert.That(RequestPurpose.WordsIn(content, key, Hash256.Zero), Is.Null, "of another commitment");
        Assert.That(RequestPurpose.WordsIn(content, own, commitment), Is.Null, "sealed to the learner alone");
        Assert.That(store.Find(learner.Address, commitment)!.ToString(), Does.Not.Contain(Words));
    }

    [Test]
    public async Task Nobody_else_keeps_or_reads_words_there()
    {
        PurposeOpening opening = await KeepAsync();
        PurposeQuery query = Query(RequestPurpose.CommitmentOf(opening));
        SigningKey member = ledger.Identities[1];

        Refused(StatusCode.PermissionDenied, () => service.OpenPurposes(query, Call(member)));
        Refused(StatusCode.PermissionDenied, () => service.OpenPurposes(query, Call(North)));
        Refused(StatusCode.FailedPrecondition, () => service.OpenPurposes(query, Call(learner)));
        Refused(StatusCode.PermissionDenied, () => service.KeepPurposes(Of(opening), Call(member)));
        Refused(StatusCode.InvalidArgument, () => service.KeepPurposes(new LearnerPurposes(), Call(North)));
        opening.Salt = ByteString.CopyFrom(1);
        Refused(StatusCode.InvalidArgument, () => service.KeepPurposes(Of(opening), Call(North)));
    }

    [Test]
    public void Words_that_are_none_get_no_commitment()
    {
        Assert.Throws<FormatException>(() => RequestPurpose.Open(string.Empty));
        Assert.Throws<FormatException>(() => RequestPurpose.Open("two\nlines"));
        Assert.Throws<FormatException>(() => RequestPurpose.Open(new string('x', RequestPurpose.WordsBytesMax + 1)));
        Assert.That(
            RequestPurpose.CommitmentOf(RequestPurpose.Open(Words)),
            Is.Not.EqualTo(RequestPurpose.CommitmentOf(RequestPurpose.Open(Words))), "a salt each");
    }

    private async Task<PurposeOpening> KeepAsync()
    {
        PurposeOpening opening = RequestPurpose.Open(Words);
        await service.KeepPurposes(Of(opening), Call(North));
        return opening;
    }

    private LearnerPurposes Of(PurposeOpening opening) => new()
    {
        Purposes =
        {
            new LearnerPurpose { Learner = ByteString.CopyFrom(learner.Address.ToArray()), Opening = opening },
        },
    };

    private PurposeQuery Query(Hash256 commitment) => new()
    {
        Learner = ByteString.CopyFrom(learner.Address.ToArray()),
        Commitments = { ByteString.CopyFrom(commitment.ToArray()) },
    };

    private static void Refused(StatusCode code, Action ask) =>
        Assert.That(Assert.Throws<RpcException>(ask)?.StatusCode, Is.EqualTo(code));

    private CallContext Call(SigningKey caller)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(caller.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(caller.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                caller.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
