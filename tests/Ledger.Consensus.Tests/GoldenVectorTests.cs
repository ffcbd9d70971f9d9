using System.Collections.Immutable;
using System.Text.Json;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Bytes that must never change. The file was written from the rules by hand, not by the code under test.
/// </summary>
public sealed class GoldenVectorTests
{
    private static readonly Dictionary<string, string> Vectors = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "Vectors", "consensus.json")))!;

    private static readonly Hash256[] Leaves = [.. Enumerable.Range(0, 5)
        .Select(place => Filled((byte)(0x50 + place)))];

    private static readonly ValidatorSet Set = ValidatorSet.Of(Enumerable.Range(0, 4).Select(place => new Validator(
        new Address(Filled((byte)(place + 1))), new PublicKeyBytes(Filled((byte)(0x11 * (place + 1))).ToArray()))));

    private static readonly Hash256 ChainId = TaggedHash.Of(Tags.Genesis, "genesis document"u8);

    [Test]
    public void Tagged_hashes()
    {
        Expect("taggedHash", TaggedHash.Of(Tags.Genesis, "genesis document"u8).ToArray());
        Expect("taggedHashOfTwoParts", TaggedHash.Of(Tags.ConsensusMessage, "ab"u8, "c"u8).ToArray());
    }

    [Test]
    public void Validator_set()
    {
        Expect("validatorsHash", Set.Hash.ToArray());
        Expect("validatorSet", Set.Encode());
        Assert.That(ValidatorSet.TryDecode(Bytes("validatorSet"), out ValidatorSet? read), Is.True);
        Assert.That(read!.Hash, Is.EqualTo(Set.Hash));
    }

    [Test]
    public void Header_and_block_hash()
    {
        Expect("header", Header().Encode());
        Expect("blockHash", BlockHeader.HashOf(Header().Encode()).ToArray());
        Assert.That(BlockHeader.TryDecode(Bytes("header"), out BlockHeader? read), Is.True);
        Assert.That(read, Is.EqualTo(Header()));
    }

    [Test]
    public void Proposal()
    {
        Expect("proposal", ProposalBlock.Of(Header(), [.. Leaves.Take(3)]).Encode());
        Assert.That(ProposalBlock.TryDecode(Bytes("proposal"), out ProposalBlock? read), Is.True);
        Assert.That(read!.Hash.ToArray(), Is.EqualTo(Bytes("blockHash")));
    }

    [Test]
    public void Vote_and_its_envelope()
    {
        byte[] body = MessageCodec.Encode(Vote());
        Expect("commitVoteBody", body);
        Expect("commitVoteDigest", MessageVerifier.DigestOf(ChainId, body).ToArray());
        byte[] signature = [.. Enumerable.Repeat((byte)0x5a, 64)];
        Expect("signedMessage", SignedEnvelope.Of(Set[1].Address, body, signature).Encode());
        Assert.That(MessageCodec.TryDecode(Bytes("commitVoteBody"), out ConsensusMessage? read), Is.True);
        Assert.That(read, Is.EqualTo(Vote()));
    }

    [Test]
    public void Commit_certificate()
    {
        ImmutableArray<CertificateVote> votes =
            [.. new[] { 0, 1, 3 }.Select(
                place => new CertificateVote(place, Enumerable.Repeat((byte)(0x70 + place), 64).ToArray()))];
        Certificate certificate = new(VoteKind.Commit, 2, 7, 3, Vote().BlockHash, votes);
        Expect("commitCertificate", certificate.Encode());
        Assert.That(Certificate.TryDecode(Bytes("commitCertificate"), out Certificate? read), Is.True);
        Assert.That(read!.Encode(), Is.EqualTo(Bytes("commitCertificate")));
    }

    [Test]
    public void List_roots_and_paths()
    {
        for (int count = 0; count <= 5; count++)
        {
            Expect($"listRoot{count}", MerkleList.Root(Leaves.AsSpan(0, count)).ToArray());
        }

        ExpectPath("listPathOf4In5", 4);
        ExpectPath("listPathOf2In5", 2);
    }

    private static void ExpectPath(string name, int index)
    {
        Hash256[] path = MerkleList.Path(Leaves, index);
        Expect(name, [.. path.SelectMany(one => one.ToArray())]);
        Assert.That(MerkleList.Verify(MerkleList.Root(Leaves), Leaves[index], (ulong)index, 5, path), Is.True);
        Assert.That(MerkleList.Verify(MerkleList.Root(Leaves), Leaves[index], (ulong)index ^ 1, 5, path), Is.False);
    }

    private static BlockHeader Header() => new()
    {
        Height = 7,
        Epoch = 2,
        ParentHash = Filled(0xaa),
        TimeUnixMs = 1_700_000_000_123,
        TransactionRoot = MerkleList.Root(Leaves.AsSpan(0, 3)),
        ReceiptRoot = Filled(0xbb),
        StateRoot = Filled(0xcc),
        ValidatorsHash = Set.Hash,
        NextValidatorsHash = Set.Hash,
    };

    private static ConsensusMessage.Vote Vote() =>
        new(2, 7, 3, VoteKind.Commit, BlockHeader.HashOf(Header().Encode()));

    private static Hash256 Filled(byte value) => new(Enumerable.Repeat(value, Hash256.Size).ToArray());

    private static byte[] Bytes(string name) => Convert.FromHexString(Vectors[name]);

    private static void Expect(string name, byte[] actual) =>
        Assert.That(Convert.ToHexStringLower(actual), Is.EqualTo(Vectors[name]), name);
}
