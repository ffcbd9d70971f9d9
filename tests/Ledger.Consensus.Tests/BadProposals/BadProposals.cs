using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Every way in which a leader's proposal can be wrong, signed by the leader unless its name says otherwise.
/// </summary>
internal static class BadProposals
{
    private const int Leader = 0;

    private static readonly ByteString Short = ByteString.CopyFrom(new byte[Hash256.Size - 1]);

    private static readonly ByteString Long = ByteString.CopyFrom(new byte[Hash256.Size + 1]);

    private static readonly ByteString Other = ByteString.CopyFrom(TaggedHash.Of("test/other"u8, "x"u8).ToArray());

    private static readonly ByteString Zero = ByteString.CopyFrom(new byte[Hash256.Size]);

    public static IEnumerable<BadProposal> All(TestChain chain) =>
        [.. Headers(chain), .. Hashes(chain), .. Encodings(chain), .. Leaves(chain), .. Messages(chain),
            .. Envelopes(chain), .. Executions(chain)];

    /// <summary>The good proposal that all others are made from.</summary>
    public static byte[] Good(TestChain chain) => Signed(chain, Leader, Body(chain).ToByteArray());

    // Fields of the header that hold another value than this head allows.
    private static IEnumerable<BadProposal> Headers(TestChain chain)
    {
        BadProposalOutcome left = BadProposalOutcome.Left;
        BadProposalOutcome unreadable = BadProposalOutcome.Unreadable;
        yield return Header(chain, "version 0", unreadable, header => header.Version = 0);
        yield return Header(chain, "version 2", unreadable, header => header.Version = 2);
        yield return Header(chain, "a height that is decided", left, header => header.Height = 0);
        yield return Header(chain, "the height after the next", left, header => header.Height = 2);
        yield return Header(chain, "the greatest height", unreadable, header => header.Height = ulong.MaxValue);
        yield return Header(chain, "another epoch", left, header => header.Epoch = 1);
        yield return Header(chain, "the greatest epoch", unreadable, header => header.Epoch = ulong.MaxValue);
        yield return Header(chain, "another parent", left, header => header.ParentHash = Other);
        yield return Header(chain, "no parent", left, header => header.ParentHash = Zero);
        yield return Header(chain, "the chain id as parent", left,
            header => header.ParentHash = ByteString.CopyFrom(chain.ChainId.ToArray()));
        yield return Header(chain, "the parent's time", left, header => header.TimeUnixMs--);
        yield return Header(chain, "a time before the parent's", left, header => header.TimeUnixMs -= 2);
        yield return Header(chain, "time 0", left, header => header.TimeUnixMs = 0);
        yield return Header(chain, "a negative time", left, header => header.TimeUnixMs = -1);
        yield return Header(chain, "the least time", left, header => header.TimeUnixMs = long.MinValue);
        yield return Header(chain, "another set", left, header => header.ValidatorsHash = Other);
        yield return Header(chain, "the set of nobody", left, header => header.ValidatorsHash = Zero);
    }

    private static IEnumerable<BadProposal> Hashes(TestChain chain)
    {
        (string Name, Action<Protos.BlockHeader, ByteString> Set)[] fields =
        [
            ("parent", (header, value) => header.ParentHash = value),
            ("transaction root", (header, value) => header.TransactionRoot = value),
            ("receipt root", (header, value) => header.ReceiptRoot = value),
            ("state root", (header, value) => header.StateRoot = value),
            ("set", (header, value) => header.ValidatorsHash = value),
            ("next set", (header, value) => header.NextValidatorsHash = value),
        ];
        foreach ((string name, Action<Protos.BlockHeader, ByteString> set) in fields)
        {
            foreach ((string length, ByteString value)
                in new[] { ("empty", ByteString.Empty), ("short", Short), ("long", Long) })
            {
                yield return Header(
                    chain, $"{name} of a hash that is {length}", BadProposalOutcome.Unreadable,
                    header => set(header, value));
            }
        }
    }

    // Bytes of a header that say the same and are not canonical, or say nothing.
    private static IEnumerable<BadProposal> Encodings(TestChain chain)
    {
        byte[] good = HeaderOf(chain).ToByteArray();
        yield return Raw(chain, "an unknown field in the header", [.. good, 0x7A, 1, 0]);
        yield return Raw(chain, "a field of the header twice", [.. good, 0x08, 1]);
        yield return Raw(chain, "the header's fields in another order", [.. good[2..], .. good[..2]]);
        yield return Raw(chain, "a longer number in the header", [0x08, 0x81, 0x00, .. good[2..]]);
        yield return Raw(chain, "a default value written out", [.. good[..4], 0x18, 0, .. good[4..]]);
        yield return Raw(chain, "no header", []);
        yield return Raw(chain, "half a header", good[..(good.Length / 2)]);
        yield return Raw(chain, "random bytes for a header", Other.ToByteArray());
        yield return Raw(chain, "a header beyond its limit", [.. good, .. new byte[BlockHeader.BytesMax]]);
    }

    private static IEnumerable<BadProposal> Leaves(TestChain chain)
    {
        BadProposalOutcome unreadable = BadProposalOutcome.Unreadable;
        byte[] one = Zero.ToByteArray();
        yield return WithLeaves(chain, "leaves of another root", unreadable, one, null);
        yield return WithLeaves(chain, "a leaf too many", unreadable, [.. GoodLeaf(chain), .. one], null);
        yield return WithLeaves(chain, "a leaf too few", unreadable, [], null);
        yield return WithLeaves(chain, "half a leaf", unreadable, GoodLeaf(chain)[..16], null);
        yield return WithLeaves(chain, "the leaves in another order", unreadable,
            [.. one, .. GoodLeaf(chain)], [.. GoodLeaf(chain), .. one]);
        byte[] tooMany = new byte[(ProposalBlock.LeavesMax + 1) * Hash256.Size];
        yield return WithLeaves(chain, "more leaves than the limit", unreadable, tooMany, tooMany);
        yield return WithLeaves(chain, "no transaction", BadProposalOutcome.Left, [], []);
    }

    // The message around the block.
    private static IEnumerable<BadProposal> Messages(TestChain chain)
    {
        BadProposalOutcome ignored = BadProposalOutcome.Ignored;
        yield return Message(chain, "a message of another epoch", ignored, one => one.Epoch = 1);
        yield return Message(chain, "a message of a decided height", ignored, one => one.Height = 0);
        yield return Message(chain, "a message far above the head", ignored, one => one.Height = 1000);
        yield return Message(chain, "a message of the next height", ignored, one => one.Height = 2);
        yield return Message(chain, "a view that another leads", ignored, one => one.View = 1);
        yield return Message(chain, "a later view of its own", ignored, one => one.View = 4);
        yield return Message(chain, "the last view of its own", ignored, one => one.View = ulong.MaxValue - 3);
        yield return Message(
            chain, "a message without a block", BadProposalOutcome.Unreadable, one => one.Proposal = null);
    }

    private static IEnumerable<BadProposal> Envelopes(TestChain chain)
    {
        BadProposalOutcome unreadable = BadProposalOutcome.Unreadable;
        byte[] body = Body(chain).ToByteArray();
        byte[] good = Good(chain);
        TestChain larger = new(5);
        int stranger = Enumerable.Range(0, 5).First(place => chain.Set.IndexOf(larger.Set[place].Address) < 0);
        yield return new BadProposal("by another than the leader", BadProposalOutcome.Ignored, Signed(chain, 1, body));
        yield return new BadProposal("by nobody of the set", unreadable, Signed(larger, stranger, body));
        yield return new BadProposal("signed by another", unreadable, Enveloped(chain, Leader, body,
            chain.Signers[1], chain.ChainId));
        yield return new BadProposal("signed for another chain", unreadable, Enveloped(chain, Leader, body,
            chain.Signers[Leader], Hash256.Zero));
        yield return new BadProposal("an unknown field in the body", unreadable,
            Signed(chain, Leader, [.. body, 0x7A, 1, 0]));
        yield return new BadProposal("two messages in one body", unreadable, Signed(chain, Leader, [.. body, .. body]));
        yield return new BadProposal("an unknown field in the envelope", unreadable, [.. good, 0x7A, 1, 0]);
        yield return new BadProposal("a cut envelope", unreadable, good[..^1]);
        yield return new BadProposal("an empty body", unreadable, Signed(chain, Leader, []));
        yield return new BadProposal("a body beyond the limit", unreadable,
            Signed(chain, Leader, [.. body, .. new byte[SignedEnvelope.BytesMax]]));
    }

    // What only the state can tell; the executor's word is the script's here.
    private static IEnumerable<BadProposal> Executions(TestChain chain)
    {
        BadProposalOutcome executed = BadProposalOutcome.LeftAfterExecution;
        byte[] leaf = GoodLeaf(chain);
        yield return WithLeaves(chain, "a transaction twice", executed, [.. leaf, .. leaf], [.. leaf, .. leaf])
            with { Verdict = "repeated transaction" };
        yield return Header(chain, "another receipt root", executed, header => header.ReceiptRoot = Other);
        yield return Header(chain, "another state root", executed, header => header.StateRoot = Other);
        yield return Header(chain, "another next set", executed, header => header.NextValidatorsHash = Other);
        yield return Header(chain, "a time far ahead", executed, header => header.TimeUnixMs += 3_600_000);
        yield return Header(chain, "the last time", executed, header => header.TimeUnixMs = long.MaxValue);
        yield return new BadProposal("a transaction of nobody", executed, Good(chain), "unknown signer");
        yield return new BadProposal("an expired transaction", executed, Good(chain), "expired");
    }

    private static BadProposal Header(
        TestChain chain, string name, BadProposalOutcome outcome, Action<Protos.BlockHeader> spoil)
    {
        Protos.BlockHeader header = HeaderOf(chain);
        spoil(header);
        return Raw(chain, name, header.ToByteArray()) with { Outcome = outcome, Verdict = name };
    }

    private static BadProposal Raw(TestChain chain, string name, byte[] header)
    {
        Protos.ConsensusBody body = Body(chain);
        body.PrePrepare.Proposal.Header = ByteString.CopyFrom(header);
        return new BadProposal(name, BadProposalOutcome.Unreadable, Signed(chain, Leader, body.ToByteArray()));
    }

    // The root is that of other leaves where they are given.
    private static BadProposal WithLeaves(
        TestChain chain, string name, BadProposalOutcome outcome, byte[] leaves, byte[]? rootOf)
    {
        Protos.ConsensusBody body = Body(chain);
        Protos.BlockHeader header = HeaderOf(chain);
        if (rootOf is not null)
        {
            Hash256[] hashes = [.. rootOf.Chunk(Hash256.Size).Select(chunk => new Hash256(chunk))];
            header.TransactionRoot = ByteString.CopyFrom(MerkleList.Root(hashes).ToArray());
        }

        body.PrePrepare.Proposal.Header = header.ToByteString();
        body.PrePrepare.Proposal.Leaves = ByteString.CopyFrom(leaves);
        return new BadProposal(name, outcome, Signed(chain, Leader, body.ToByteArray()));
    }

    private static BadProposal Message(
        TestChain chain, string name, BadProposalOutcome outcome, Action<Protos.PrePrepare> spoil)
    {
        Protos.ConsensusBody body = Body(chain);
        spoil(body.PrePrepare);
        return new BadProposal(name, outcome, Signed(chain, Leader, body.ToByteArray()));
    }

    private static byte[] GoodLeaf(TestChain chain) => chain.Block(chain.Genesis, 1).Leaves[0].ToArray();

    private static Protos.BlockHeader HeaderOf(TestChain chain) =>
        Protos.BlockHeader.Parser.ParseFrom(chain.Block(chain.Genesis, 1).HeaderBytes.Span);

    private static Protos.ConsensusBody Body(TestChain chain) => new()
    {
        PrePrepare = new Protos.PrePrepare { Height = 1, Proposal = chain.Block(chain.Genesis, 1).ToMessage() },
    };

    private static byte[] Signed(TestChain chain, int place, byte[] body) =>
        Enveloped(chain, place, body, chain.Signers[place], chain.ChainId);

    private static byte[] Enveloped(TestChain chain, int place, byte[] body, IVoteSigner signer, Hash256 chainId)
    {
        byte[] signature = new byte[Certificate.SignatureBytes];
        signer.Sign(signer.Keys[0], MessageVerifier.DigestOf(chainId, body), signature);
        return SignedEnvelope.Of(chain.Set[place].Address, body, signature).Encode();
    }
}
