using System.Collections.Immutable;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// All that a member can sign about the future: every kind, in views, heights and epochs to come, some as large as the
/// limits allow. The member is the last of four, who leads every fourth view.
/// </summary>
internal sealed class FloodMessages
{
    public const int Place = 3;

    private const int BlocksMade = 4;

    private readonly TestChain chain;
    private readonly ImmutableArray<ProposalBlock> large;
    private readonly ImmutableArray<Certificate> prepared;
    private readonly VerifiedMessage[] leaving;

    public FloodMessages(TestChain chain)
    {
        this.chain = chain;
        large = [.. Enumerable.Range(0, BlocksMade).Select(place => Large(chain.Genesis, place))];
        prepared = [.. large.Select(block => chain.Certify(VoteKind.Prepare, 0, 1, 0, block.Hash, 0, 1, 3))];
        leaving = [.. Enumerable.Range(0, 3).Select(place => chain.Sign(
            place, new ConsensusMessage.ViewChange(0, 1, 1, prepared[0], large[0])))];
    }

    /// <summary>The n-th message of a few hundred bytes.</summary>
    public byte[] Small(int number)
    {
        ulong far = (ulong)number;
        Hash256 hash = TaggedHash.Of("test/flood"u8, BitConverter.GetBytes(number));
        ConsensusMessage message = (number % 11) switch
        {
            0 => new ConsensusMessage.Vote(0, 1, far % 200, VoteKind.Prepare, hash),
            1 => new ConsensusMessage.Vote(0, 1, far % 200, VoteKind.Commit, hash),
            2 => new ConsensusMessage.Vote(0, 2, far, VoteKind.Commit, hash),
            3 => new ConsensusMessage.Vote(0, far, far, VoteKind.Prepare, hash),
            4 => new ConsensusMessage.Vote(far, 1, far, VoteKind.Prepare, hash),
            5 => new ConsensusMessage.ViewChange(0, 1, far, null, null),
            6 => new ConsensusMessage.ViewChange(0, far, ulong.MaxValue - far, null, null),
            7 => new ConsensusMessage.PrePrepare(
                0, 1 + (far % 3), Led(far), chain.Block(chain.Genesis, (byte)(far % 256))),
            8 => new ConsensusMessage.NewView(0, 1, Led(far), [Leaving(far)]),
            9 => new ConsensusMessage.Witness(
                0, far, far, chain.Set[2].Address, far, new SeenSlot(far, far, MessageKind.Commit)),
            _ => new ConsensusMessage.Status(far % 2, far, hash, far, true, far),
        };
        return Encode(message);
    }

    /// <summary>The n-th message with one block of the most leaves, or with three.</summary>
    public byte[] LargeOne(int number)
    {
        ulong far = (ulong)number;
        ProposalBlock block = large[number % BlocksMade];
        return Encode((number % 4) switch
        {
            0 => new ConsensusMessage.PrePrepare(0, 1, Led(far), block),
            1 => new ConsensusMessage.PrePrepare(0, 2, Led(far), block),
            2 => new ConsensusMessage.ViewChange(0, 1, 1 + far, prepared[number % BlocksMade], block),
            _ => new ConsensusMessage.NewView(0, 1, Led(far), [.. leaving.Select(one => one.Envelope)]),
        });
    }

    /// <summary>A block of the most leaves at a height, with a certificate of one vote.</summary>
    public Input.CertifiedBlockReceived Answer(ulong height)
    {
        ProposalBlock parent = ProposalBlock.Of(chain.Genesis.Header with { Height = height - 1 }, []);
        ProposalBlock block = Large(parent, (int)height);
        return new Input.CertifiedBlockReceived(
            block, chain.Certify(VoteKind.Commit, 0, height, 0, block.Hash, Place), chain.Set[Place].Address);
    }

    private static ulong Led(ulong number) => (4 * number) + Place;

    private SignedEnvelope Leaving(ulong view) =>
        chain.Sign(Place, new ConsensusMessage.ViewChange(0, 1, Led(view), null, null)).Envelope;

    private byte[] Encode(ConsensusMessage message) => chain.Sign(Place, message).Envelope.Encode();

    private static ProposalBlock Large(ProposalBlock parent, int variant)
    {
        ImmutableArray<Hash256> leaves = [.. Enumerable.Range(0, ProposalBlock.LeavesMax).Select(leaf =>
            TaggedHash.Of("test/flood-leaf"u8, BitConverter.GetBytes(((long)variant << 32) + leaf)))];
        return ProposalBlock.Of(
            parent.Header with
            {
                Height = parent.Height + 1,
                ParentHash = parent.Hash,
                TimeUnixMs = parent.Header.TimeUnixMs + 1,
                TransactionRoot = MerkleList.Root(leaves.AsSpan()),
            },
            leaves);
    }
}
