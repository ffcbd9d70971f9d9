using System.Runtime.CompilerServices;
using System.Text.Json;
using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Vectors;

/// <summary>The bytes of calls about seats are those of a program of their own (tests/Vectors/seats.py).</summary>
[TestFixture]
public sealed class SeatVectorTests
{
    private static readonly Hash256 Chain = new(Fill(1));
    private static readonly Hash256 Head = new(Fill(2));
    private static readonly ValidatorSeat Alice = SeatOf(0x10, 0x41);
    private static readonly ValidatorSeat Bob = SeatOf(0x20, 0x42);
    private static readonly ValidatorSeat Carol = SeatOf(0x30, 0x43);
    private static readonly ByteString Signature = ByteString.CopyFrom(Enumerable.Repeat((byte)7, 64).ToArray());
    private static readonly Hash256 Old = ValidatorSeat.HashOf([Alice, Bob]);
    private static readonly Hash256 New = ValidatorSeat.HashOf([Bob, Carol]);

    [Test]
    public void Digests_are_those_of_the_vector()
    {
        Check("oldSet", Old.ToArray());
        Check("newSet", New.ToArray());
        Check("voteKeyDigest", SeatDigests.OfVoteKey(Chain, Carol.Address).ToArray());
        Check("readyDigest", new ReadyStatement(Chain, 5, Old, New, 9, Head).Digest.ToArray());
    }

    [Test]
    public void A_set_is_that_of_consensus()
    {
        Ledger.Consensus.ValidatorSet set = Ledger.Consensus.ValidatorSet.Of(
            [new(Bob.Address, Bob.VoteKey), new(Alice.Address, Alice.VoteKey)]);
        Assert.That(set.Hash, Is.EqualTo(Old));
        Assert.That(GenesisLimits.SeatsMax, Is.EqualTo(Ledger.Consensus.ValidatorSet.CountMax));
    }

    [Test]
    public void Calls_are_those_of_the_vector()
    {
        Check("propose", new Operation { SeatPropose = new SeatPropose { Changes = { Replacement(), Rotation() } } });
        Check("vote", new Operation { SeatVote = new SeatVote { Proposal = 3, Approve = true } });
        Check("rotate", new Operation
        {
            SeatRotate = new SeatRotate
            {
                OldVoteKey = Bob.VoteKey.ToField(), VoteKey = Carol.VoteKey.ToField(), Proof = Signature,
            },
        });
        Check("accuse", new Operation
        {
            MembershipRevoke = new MembershipRevoke { Institution = Alice.Address.ToField() },
        });
        Check("revoke", new Operation
        {
            RevocationVote = new RevocationVote
            {
                Institution = Alice.Address.ToField(), Ballot = 2, Approve = true,
            },
        });
        Check("activate", new Operation { SeatActivate = Activation() });
    }

    [Test]
    public void State_is_that_of_the_vector()
    {
        Check("setInstance", new ValidatorSetInstance
        {
            Interval = new Interval { FromHeight = 12 },
            Epoch = 1,
            Hash = New.ToField(),
            Seats = { Bob.ToMessage(), Carol.ToMessage() },
        });
        Check("claimValue", new VoteKeyClaim { Institution = Alice.Address.ToField(), Retired = true });
        CheckKey("proposal", StateKeys.SeatProposals.At(3));
        CheckKey("proposer", StateKeys.SeatProposer(Alice.Address));
        CheckKey("set", StateKeys.ValidatorSets.At(2));
        CheckKey("voteKey", StateKeys.VoteKeys(Alice.Address).At(1));
        CheckKey("claim", StateKeys.VoteKeyClaim(Alice.VoteKey));
    }

    private static SeatChange Replacement() => new()
    {
        Kind = SeatChangeKind.Replace,
        Institution = Carol.Address.ToField(),
        VoteKey = Carol.VoteKey.ToField(),
        Proof = Signature,
        Outgoing = Alice.Address.ToField(),
    };

    private static SeatChange Rotation() => new()
    {
        Kind = SeatChangeKind.Rotate,
        Institution = Bob.Address.ToField(),
        VoteKey = Carol.VoteKey.ToField(),
        Proof = Signature,
        OldVoteKey = Bob.VoteKey.ToField(),
    };

    private static SeatActivate Activation() => new()
    {
        Proposal = 3,
        Epoch = 5,
        OldSet = Old.ToField(),
        NewSet = New.ToField(),
        Ready =
        {
            new ReadyMark
            {
                VoteKey = Bob.VoteKey.ToField(), HeadHeight = 9, HeadHash = Head.ToField(), Signature = Signature,
            },
        },
    };

    private static void Check(string name, IMessage message) => Check(name, message.ToByteArray());

    private static void Check(string name, byte[] bytes)
    {
        using JsonDocument vector = Vector();
        Assert.That(
            Convert.ToHexStringLower(bytes), Is.EqualTo(vector.RootElement.GetProperty(name).GetString()), name);
    }

    private static void CheckKey(string name, StateKey key)
    {
        using JsonDocument vector = Vector();
        JsonElement expected = vector.RootElement.GetProperty("keys").GetProperty(name);
        Assert.That(key.ToString(), Is.EqualTo(expected.GetProperty("raw").GetString()), name);
        Assert.That(key.Hash.ToString(), Is.EqualTo(expected.GetProperty("hash").GetString()), name);
    }

    private static JsonDocument Vector([CallerFilePath] string source = "") => JsonDocument.Parse(
        File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Vectors", "seats.json")));

    private static ValidatorSeat SeatOf(byte address, byte key) =>
        new(new Address(Fill(address)), new PublicKeyBytes(Fill(key)));

    private static byte[] Fill(byte value) => [.. Enumerable.Repeat(value, 32)];
}
