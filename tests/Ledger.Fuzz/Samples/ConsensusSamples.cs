using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>Valid parts of a chain of four validators whose signatures nobody checks.</summary>
internal static class ConsensusSamples
{
    public const int Validators = 4;

    public static readonly Hash256 ChainId = TaggedHash.Of("fuzz/chain"u8, default);

    public static readonly ValidatorSet Set = SetOf("fuzz/vote"u8);

    public static readonly ValidatorSet NextSet = SetOf("fuzz/next"u8);

    public static readonly BlockHeader Genesis = HeaderOf(0, ChainId, MerkleList.Root([]), Set);

    public static readonly ImmutableArray<Hash256> Leaves =
        [TaggedHash.Of("fuzz/leaf"u8, "1"u8), TaggedHash.Of("fuzz/leaf"u8, "2"u8), TaggedHash.Of("fuzz/leaf"u8, "3"u8)];

    public static readonly ProposalBlock Block = ProposalBlock.Of(
        HeaderOf(1, BlockHeader.HashOf(Genesis.Encode()), MerkleList.Root(Leaves.AsSpan()), Set), Leaves);

    /// <summary>A block that ends its epoch.</summary>
    public static readonly ProposalBlock LastBlock = ProposalBlock.Of(
        HeaderOf(1, BlockHeader.HashOf(Genesis.Encode()), MerkleList.Root([]), NextSet), []);

    public static Certificate CertificateOf(VoteKind kind, ProposalBlock block) => new(
        kind,
        0,
        block.Height,
        0,
        block.Hash,
        [.. Enumerable.Range(0, Set.Quorum).Select(place => new CertificateVote(place, SignatureOf(place)))]);

    public static SignedEnvelope EnvelopeOf(int place, ConsensusMessage message) =>
        SignedEnvelope.Of(Set[place].Address, MessageCodec.Encode(message), SignatureOf(place));

    /// <summary>One of each kind.</summary>
    public static ConsensusMessage[] Messages()
    {
        ConsensusMessage.ViewChange empty = new(0, 1, 1, null, null);
        ConsensusMessage.ViewChange full = new(0, 1, 1, CertificateOf(VoteKind.Prepare, Block), Block);
        return
        [
            new ConsensusMessage.PrePrepare(0, 1, 0, Block),
            new ConsensusMessage.Vote(0, 1, 0, VoteKind.Prepare, Block.Hash),
            new ConsensusMessage.Vote(0, 1, 0, VoteKind.Commit, Block.Hash),
            empty,
            full,
            new ConsensusMessage.NewView(
                0, 1, 1, [EnvelopeOf(0, empty), EnvelopeOf(1, full), EnvelopeOf(2, empty)]),
            new ConsensusMessage.Status(0, 3, Block.Hash, 2, true, 0),
            new ConsensusMessage.Status(0, 0, Block.Hash, 0, false, 9),
            new ConsensusMessage.Witness(0, 3, 2, Set[1].Address, 9, new SeenSlot(3, 2, MessageKind.Commit)),
        ];
    }

    /// <summary>Records of vote states, with few and with many slots.</summary>
    public static byte[][] VoteStates()
    {
        VoteState first = VoteState.Empty.Seal(out byte[] empty);
        VoteState voted = first with
        {
            Height = 5,
            ViewVotedIn = 2,
            CommitSignedHeight = 4,
            Slots =
            [
                new VoteSlot(MessageKind.Prepare, 2, Block.Hash),
                new VoteSlot(MessageKind.Commit, 2, Block.Hash),
            ],
        };
        voted.Seal(out byte[] full);
        return [empty, full];
    }

    private static byte[] SignatureOf(int place)
    {
        byte[] signature = new byte[Certificate.SignatureBytes];
        signature.AsSpan().Fill((byte)(place + 1));
        return signature;
    }

    private static ValidatorSet SetOf(ReadOnlySpan<byte> tag)
    {
        List<Validator> members = [];
        for (byte place = 0; place < Validators; place++)
        {
            members.Add(new Validator(
                new Address(TaggedHash.Of("fuzz/address"u8, [place])),
                new PublicKeyBytes(TaggedHash.Of(tag, [place]).ToArray())));
        }

        return ValidatorSet.Of(members);
    }

    private static BlockHeader HeaderOf(ulong height, Hash256 parent, Hash256 transactions, ValidatorSet next) => new()
    {
        Height = height,
        Epoch = 0,
        ParentHash = parent,
        TimeUnixMs = LedgerSamples.StartUnixMs + (long)height,
        TransactionRoot = transactions,
        ReceiptRoot = transactions,
        StateRoot = TaggedHash.Of("fuzz/state"u8, transactions.ToArray()),
        ValidatorsHash = Set.Hash,
        NextValidatorsHash = next.Hash,
    };
}
