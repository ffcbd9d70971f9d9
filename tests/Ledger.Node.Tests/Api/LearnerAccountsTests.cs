using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Node.Anchoring;
using Ledger.Node.Api;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>What a school's node tells its school of its accounts, and nobody else.</summary>
public sealed class LearnerAccountsTests
{
    private const string Account = "https://moodle.example|jo";
    private const string Mailbox = "mbox|mailto:jo@example.org";

    private readonly ManualClock clock = new();
    private readonly Address learner = new(new byte[Address.Size]);
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private CallerAuthentication callers = null!;
    private LearnerAccountsService service = null!;

    private SigningKey North => ledger.Identities[0];

    private SigningKey South => ledger.Identities[1];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        ChainBuilder blocks = new(ledger, folder);
        callers = new CallerAuthentication(
            ledger.ChainId, North.Address, blocks.Chain, Ed25519Verifier.Instance, clock);
        LearnerPairs pairs = new(folder.Database, folder.Keys);
        pairs.Set(Account, learner);
        pairs.Set(Mailbox, learner);
        service = new LearnerAccountsService(
            North.Address, callers, pairs, new ClaimBook(folder.Database, folder.Keys));
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_school_finds_the_learner_of_its_account_and_another_school_is_not_allowed_to()
    {
        PairQuery byAccount = new() { ActorKey = Account };
        PairQuery byLearner = new() { Learner = ByteString.CopyFrom(learner.ToArray()) };
        Assert.That(Find(North, byAccount).Pairs.Single().Learner.ToByteArray(), Is.EqualTo(learner.ToArray()));
        Assert.That(
            Find(North, byLearner).Pairs.Select(pair => pair.ActorKey), Is.EquivalentTo(new[] { Account, Mailbox }));

        // Not a blank: and alike for what there is and what there is not.
        foreach (PairQuery query in new[] { byAccount, byLearner, new PairQuery { ActorKey = "https://none|x" } })
        {
            Denied(() => Find(South, query));
        }
    }

    [Test]
    public void An_account_that_is_nobodys_is_a_blank_for_the_school_itself() =>
        Assert.That(Find(North, new PairQuery { ActorKey = "https://none|x" }).Pairs, Is.Empty);

    [Test]
    public void Claims_are_kept_and_listed_for_the_school_alone()
    {
        ClaimAccounts claims = new();
        claims.Claims.AddRange(Enumerable.Range(1, 3).Select(static number =>
            new ClaimAccount { Claim = (ulong)number, ActorKeys = { Account, Mailbox } }));
        Denied(() => service.KeepClaims(claims, Call(South)).GetAwaiter().GetResult());
        service.KeepClaims(claims, Call(North)).GetAwaiter().GetResult();
        Denied(() => service.ListClaims(new PageRequest(), Call(South)).GetAwaiter().GetResult());

        ClaimAccounts first = List(new PageRequest { Limit = 2 });
        ClaimAccounts second = List(new PageRequest { Limit = 2, Cursor = first.Cursor });
        Assert.That(
            first.Claims.Concat(second.Claims).Select(claim => claim.Claim), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        Assert.That(second.Cursor.IsEmpty, Is.True);
        Assert.That(first.Claims[0].ActorKeys, Is.EqualTo(new[] { Account, Mailbox }));
        Assert.That(Find(North, new PairQuery { Learner = ByteString.CopyFrom(learner.ToArray()) }).Pairs,
            Has.Count.EqualTo(2), "claims are no pairs");
    }

    [Test]
    public void What_is_no_claim_or_account_is_refused()
    {
        foreach (ClaimAccount wrong in new[]
        {
            new ClaimAccount { Claim = 0, ActorKeys = { Account } },
            new ClaimAccount { Claim = 1 },
            new ClaimAccount { Claim = 1, ActorKeys = { "" } },
            new ClaimAccount { Claim = 1, ActorKeys = { "https://a|line\nbreak" } },
            new ClaimAccount { Claim = 1, ActorKeys = { Enumerable.Repeat(Account, ClaimBook.AccountsMax + 1) } },
        })
        {
            ClaimAccounts claims = new() { Claims = { wrong } };
            Assert.That(
                Assert.Throws<RpcException>(() => service.KeepClaims(claims, Call(North)))?.StatusCode,
                Is.EqualTo(StatusCode.InvalidArgument));
        }

        PageRequest cursor = new() { Cursor = ByteString.CopyFrom(1) };
        Assert.That(
            Assert.Throws<RpcException>(() => service.ListClaims(cursor, Call(North)))?.StatusCode,
            Is.EqualTo(StatusCode.InvalidArgument));
    }

    private ClaimAccounts List(PageRequest page) => service.ListClaims(page, Call(North)).Result;

    private PairPage Find(SigningKey caller, PairQuery query) =>
        service.FindPairs(query, Call(caller)).GetAwaiter().GetResult();

    private static void Denied(Action ask)
    {
        RpcException? refusal = Assert.Throws<RpcException>(ask);
        Assert.That(refusal?.StatusCode, Is.EqualTo(StatusCode.PermissionDenied));
        Assert.That(refusal?.Status.Detail, Does.StartWith("NOT_THE_OWNER"));
    }

    private CallContext Call(SigningKey key)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = ByteString.CopyFrom(key.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(
                key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
