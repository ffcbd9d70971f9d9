using Ledger.Primitives;
using Ledger.Simulator;

namespace Ledger.Consensus.Tests;

/// <summary>Keys, a set and a genesis header for tests, with cheap signatures.</summary>
internal sealed class TestChain
{
    public TestChain(int validators)
    {
        (Validator Validator, IVoteSigner Signer)[] made = [.. Enumerable.Range(0, validators).Select(Make)];
        Array.Sort(made, (left, right) => left.Validator.Address.CompareTo(right.Validator.Address));
        Set = ValidatorSet.Of(made.Select(one => one.Validator));
        Signers = [.. made.Select(one => one.Signer)];
        ChainId = TaggedHash.Of(Tags.Genesis, "test"u8);
        Genesis = ProposalBlock.Of(
            new BlockHeader
            {
                Height = 0,
                Epoch = 0,
                ParentHash = ChainId,
                TimeUnixMs = 1000,
                TransactionRoot = MerkleList.Root([]),
                ReceiptRoot = MerkleList.Root([]),
                StateRoot = Hash256.Zero,
                ValidatorsHash = Set.Hash,
                NextValidatorsHash = Set.Hash,
            },
            []);
    }

    public SimulatedKeys Keys { get; } = new();

    public ValidatorSet Set { get; }

    /// <summary>In the order of the set's places.</summary>
    public IVoteSigner[] Signers { get; }

    public Hash256 ChainId { get; }

    public ProposalBlock Genesis { get; }

    /// <summary>A block of one leaf on a parent.</summary>
    public ProposalBlock Block(ProposalBlock parent, byte leaf, ValidatorSet? nextSet = null, ulong? epoch = null)
    {
        Hash256[] leaves = [TaggedHash.Of("test/leaf"u8, [leaf])];
        return ProposalBlock.Of(
            new BlockHeader
            {
                Height = parent.Height + 1,
                Epoch = epoch ?? parent.Header.Epoch,
                ParentHash = parent.Hash,
                TimeUnixMs = parent.Header.TimeUnixMs + 1,
                TransactionRoot = MerkleList.Root(leaves),
                ReceiptRoot = MerkleList.Root(leaves),
                StateRoot = leaves[0],
                ValidatorsHash = Set.Hash,
                NextValidatorsHash = (nextSet ?? Set).Hash,
            },
            [.. leaves]);
    }

    public VerifiedMessage Sign(int place, ConsensusMessage message)
    {
        byte[] body = MessageCodec.Encode(message);
        byte[] signature = new byte[Certificate.SignatureBytes];
        Signers[place].Sign(Set[place].VoteKey, MessageVerifier.DigestOf(ChainId, body), signature);
        return new VerifiedMessage(Set[place].Address, message, SignedEnvelope.Of(Set[place].Address, body, signature));
    }

    /// <summary>A certificate by the validators at these places.</summary>
    public Certificate Certify(VoteKind kind, ulong epoch, ulong height, ulong view, Hash256 block, params int[] places)
    {
        ConsensusMessage vote = new ConsensusMessage.Vote(epoch, height, view, kind, block);
        return new Certificate(
            kind, epoch, height, view, block,
            [.. places.Select(place => new CertificateVote(place, Sign(place, vote).Envelope.Signature))]);
    }

    private (Validator Validator, IVoteSigner Signer) Make(int identity)
    {
        (PublicKeyBytes key, IVoteSigner signer) = Keys.Create(1, identity);
        return (new Validator(Address.Of(key), key), signer);
    }
}
