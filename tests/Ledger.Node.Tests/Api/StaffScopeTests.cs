using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>Staff that names its institution sees what that institution may, while its term lasts.</summary>
public sealed class StaffScopeTests
{
    private const string Verb = "https://example.org/verb/read";
    private readonly ManualClock clock = new();
    private readonly SigningKey teacher = SigningKey.Create();
    private readonly SigningKey learner = SigningKey.Create();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private CallerAuthentication callers = null!;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        blocks.Decide(TestLedger.Time + 1_000, ledger.Signed([learner], Operations.UicCreate()));
        blocks.Decide(TestLedger.Time + 2_000, ledger.Signed(
            [North, teacher],
            Operations.StaffAppoint(teacher.Address, [StaffRole.Teacher], TestLedger.Time, TestLedger.Time + 50_000)));
        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time + 10_000);
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, clock);
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
        teacher.Dispose();
        learner.Dispose();
    }

    [Test]
    public void In_its_schools_name_a_teacher_sees_the_schools_requests_and_their_answers()
    {
        LedgerState state = blocks.Chain.Head.State;
        Caller named = callers.Identify(Call(teacher, North.Address));

        Assert.That(named.IsMember, Is.True);
        named.RequireKey(state, StateKeys.Prefix(StateKind.RequestEntry, North.Address));
        named.RequireKey(state, StateKeys.Request(new LlpcName(learner.Address, Verb), 1).Raw.Span);
        Assert.That(named.IsSelf(North.Address), Is.True);
        Assert.That(callers.Require(Call(teacher, North.Address)), Is.EqualTo(teacher.Address), "and signs as itself");
    }

    [Test]
    public void In_its_own_name_it_sees_itself_alone()
    {
        Caller alone = callers.Identify(Call(teacher, null));

        Assert.That(alone.IsMember, Is.False);
        Denied(() => alone.RequireKey(
            blocks.Chain.Head.State, StateKeys.Prefix(StateKind.RequestEntry, North.Address)));
    }

    [Test]
    public void After_its_term_and_for_another_school_it_is_refused()
    {
        Denied(() => callers.Identify(Call(teacher, ledger.Identities[1].Address)));
        Denied(() => callers.Identify(Call(learner, North.Address)));
        Caller before = callers.Identify(Call(teacher, North.Address));
        Assert.That(before.StillActs(), Is.True);

        clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(TestLedger.Time + 50_000);

        Assert.That(before.StillActs(), Is.False, "who listens is told no more");
        Denied(() => callers.Identify(Call(teacher, North.Address)));
    }

    private static void Denied(Action ask) => Assert.That(
        Assert.Throws<RpcException>(ask)?.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));

    private CallContext Call(SigningKey key, Address? institution)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(key.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
            Institution = institution is { } named ? ByteString.CopyFrom(named.ToArray()) : ByteString.Empty,
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
