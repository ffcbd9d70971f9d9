using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Api;

/// <summary>A learner of this institution, and nobody else, says whether earlier records are anchored.</summary>
public sealed class EarlierRecordsServiceTests
{
    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey stranger = SigningKey.Create();
    private readonly ManualClock clock = new();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private CallerAuthentication callers = null!;
    private EarlierWishes wishes = null!;
    private EarlierRecordsService service = null!;
    private long now;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        now = TestLedger.Time;
        Decide([learner], Operations.UicCreate());
        Decide([stranger], Operations.UicCreate());
        Decide([North, learner], Operations.Enrol(learner.Address, North.Address));
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, clock);
        wishes = new EarlierWishes(folder.Database);
        service = new EarlierRecordsService(North.Address, callers, blocks.Chain, wishes, clock);
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [OneTimeTearDown]
    public void DeleteKeys()
    {
        learner.Dispose();
        stranger.Dispose();
    }

    [Test]
    public async Task A_learner_asks_sees_it_and_takes_it_back_and_asking_again_keeps_the_first_time()
    {
        EarlierState asked = await service.SetEarlier(Wish(learner, anchor: true), Call(learner));
        clock.Now += TimeSpan.FromHours(1);
        EarlierState again = await service.SetEarlier(Wish(learner, anchor: true), Call(learner));
        EarlierState shown = await service.GetEarlier(Query(learner), Call(learner));
        Assert.That(new[] { again, shown }, Has.All.EqualTo(asked));
        Assert.That(asked.Anchor, Is.True);
        Assert.That(wishes.Wanted(learner.Address), Is.Not.Null);

        EarlierState back = await service.SetEarlier(Wish(learner, anchor: false), Call(learner));
        Assert.That(back, Is.EqualTo(new EarlierState()));
        Assert.That(wishes.Wanted(learner.Address), Is.Null);
    }

    [Test]
    public void Nobody_says_it_for_a_learner_the_institution_included()
    {
        foreach (SigningKey other in new[] { North, ledger.Identities[1], stranger })
        {
            Refused(StatusCode.PermissionDenied, () => service.SetEarlier(Wish(learner, anchor: true), Call(other)));
            Refused(StatusCode.PermissionDenied, () => service.GetEarlier(Query(learner), Call(other)));
        }

        Assert.That(wishes.Wanted(learner.Address), Is.Null);
    }

    [Test]
    public void A_learner_whom_this_institution_does_not_know_is_not_answered_and_nothing_is_kept()
    {
        Refused(
            StatusCode.FailedPrecondition, () => service.SetEarlier(Wish(stranger, anchor: true), Call(stranger)));
        Refused(StatusCode.FailedPrecondition, () => service.GetEarlier(Query(stranger), Call(stranger)));
        Assert.That(wishes.Wanted(stranger.Address), Is.Null);
    }

    [Test]
    public async Task Who_has_left_may_still_ask_and_so_may_who_granted_something()
    {
        Decide([learner], Operations.EndEnrolment(learner.Address, North.Address));
        Assert.That(
            (await service.SetEarlier(Wish(learner, anchor: true), Call(learner))).Anchor, Is.True, "has left");

        SigningKey east = ledger.Identities[1];
        Decide([east, stranger], Operations.Enrol(stranger.Address, east.Address));
        Decide([east], Operations.PicCreate(), Operations.LlpcCreate(stranger.Address, Statements.Viewed));
        Decide([North], Operations.PicCreate());
        Decide([stranger], Operations.LlpcGrant(
            stranger.Address, Statements.Viewed, North.Address, new Rights { Write = true }, 0, 0, []));
        Assert.That(
            (await service.SetEarlier(Wish(stranger, anchor: true), Call(stranger))).Anchor, Is.True, "granted");
    }

    private void Decide(SigningKey[] signers, params Operation[] operations)
    {
        now += 1_000;
        blocks.Decide(now, ledger.Signed(signers, operations));
        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(now);
    }

    private static EarlierWish Wish(SigningKey whose, bool anchor) =>
        new() { Learner = ByteString.CopyFrom(whose.Address.ToArray()), Anchor = anchor };

    private static EarlierQuery Query(SigningKey whose) =>
        new() { Learner = ByteString.CopyFrom(whose.Address.ToArray()) };

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
