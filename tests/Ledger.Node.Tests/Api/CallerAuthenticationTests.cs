using Ledger.Client.Nodes;
using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Node.Api;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;

namespace Ledger.Node.Tests.Api;

public sealed class CallerAuthenticationTests
{
    private readonly ManualClock clock = new();
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private CallerAuthentication callers = null!;

    private SigningKey North => ledger.Identities[0];

    [SetUp]
    public void Start()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        callers = New();
    }

    [TearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
    }

    [Test]
    public void A_registered_key_that_signed_the_nodes_challenge_is_its_institution() =>
        Assert.That(callers.Require(Call(Proof(North, callers.NewChallenge()))), Is.EqualTo(North.Address));

    [Test]
    public void A_proof_is_good_for_ten_minutes_to_the_millisecond()
    {
        CallerProof proof = Proof(North, callers.NewChallenge());

        clock.Now += ApiLimits.ChallengeLifetime;
        Assert.That(callers.Require(Call(proof)), Is.EqualTo(North.Address));
        clock.Now += TimeSpan.FromMilliseconds(1);
        Refused(proof, "older than ten minutes");
    }

    [Test]
    public void A_challenge_of_another_node_or_of_this_node_before_it_was_started_again_is_refused()
    {
        Refused(Proof(North, New().NewChallenge()), "not this node's");
        Refused(Proof(North, new byte[40]), "not this node's");
        Refused(Proof(North, []), "not this node's");
    }

    [Test]
    public void A_challenge_whose_time_was_moved_is_refused()
    {
        byte[] challenge = callers.NewChallenge();
        challenge[7] ^= 1;

        Refused(Proof(North, challenge), "not this node's");
    }

    [TestCase(0x80)]
    [TestCase(0x7f)]
    public void A_challenge_from_the_ends_of_time_is_refused_like_any_other(byte first)
    {
        byte[] challenge = new byte[40];
        challenge[0] = first;

        Refused(Proof(North, challenge), "not this node's");
    }

    [Test]
    public void An_unregistered_key_or_anothers_address_is_refused()
    {
        using SigningKey unknown = SigningKey.Create();
        CallerProof borrowed = Proof(unknown, callers.NewChallenge());
        borrowed.Address = ByteString.CopyFrom(North.Address.ToArray());

        Refused(Proof(unknown, callers.NewChallenge()), "the key is not the one that this ledger holds");
        Refused(borrowed, "the key is not the one that this ledger holds");
    }

    [Test]
    public void A_signature_over_anything_else_is_refused()
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = Proof(North, challenge);
        proof.Signature = ByteString.CopyFrom(North.Sign(
            CallerMessages.Digest(ledger.ChainId, ledger.Identities[1].Address.ToArray(), challenge)));

        Refused(proof, "the signature is wrong");
    }

    [Test]
    public void Without_a_proof_or_with_bytes_that_are_none_the_call_is_refused()
    {
        Refused(new CallContext([]), "a caller's proof is needed");
        Refused(new CallContext(new Metadata { { CallerMessages.MetadataKey, [1, 2, 3] } }), "malformed");
        Refused(Call(new CallerProof()), "malformed");
    }

    private CallerAuthentication New() => new(
        ledger.ChainId, North.Address, new ChainBuilder(ledger, folder).Chain, Ed25519Verifier.Instance, clock);

    private CallerProof Proof(SigningKey key, byte[] challenge) => new()
    {
        Address = ByteString.CopyFrom(key.Address.ToArray()),
        PublicKey = ByteString.CopyFrom(key.PublicKey.ToArray()),
        Challenge = ByteString.CopyFrom(challenge),
        Signature = ByteString.CopyFrom(
            key.Sign(CallerMessages.Digest(ledger.ChainId, North.Address.ToArray(), challenge))),
    };

    private static CallContext Call(CallerProof proof) =>
        new(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });

    private void Refused(CallerProof proof, string why) => Refused(Call(proof), why);

    private void Refused(CallContext call, string why)
    {
        RpcException refusal = Assert.Throws<RpcException>(() => callers.Require(call))!;
        Assert.That(refusal.StatusCode, Is.EqualTo(StatusCode.Unauthenticated));
        Assert.That(refusal.Status.Detail, Does.Contain(why));
    }
}
