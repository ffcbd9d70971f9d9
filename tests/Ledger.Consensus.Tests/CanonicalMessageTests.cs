using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>Rule P-3: one encoding for one meaning, and nothing outside the lists.</summary>
public sealed class CanonicalMessageTests
{
    private static readonly TestChain Chain = new(4);
    private static readonly byte[] Vote = MessageCodec.Encode(
        new ConsensusMessage.Vote(0, 1, 0, VoteKind.Prepare, Chain.Genesis.Hash));

    [Test]
    public void What_was_written_is_read() => Assert.That(MessageCodec.TryDecode(Vote, out _), Is.True);

    [Test]
    public void An_unknown_field_is_refused() => Refused([.. Vote, 0x78, 0x01]);

    [Test]
    public void Trailing_bytes_are_refused() => Refused([.. Vote, 0x00]);

    [Test]
    public void A_truncated_body_is_refused() => Refused(Vote[..^1]);

    [Test]
    public void An_inner_length_that_overflows_the_parsers_position_is_refused()
    {
        byte[] bytes = [0x32, 0xff, 0xff, 0xff, 0xff, 0x07, 0x08, 0x01];
        Assert.That(Certificate.TryDecode(bytes, out _), Is.False);
        Assert.That(ProposalBlock.TryDecode([0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x08, 0x01], out _), Is.False);
        Refused([0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 0x08, 0x01]);
    }

    [Test]
    public void An_empty_body_is_refused() => Refused([]);

    [Test]
    public void Two_kinds_in_one_body_are_refused() => Refused([.. Vote, .. Vote]);

    // The vote's fields: height (10 01), kind (20 01), block hash (2a 20 …).
    [Test]
    public void Fields_in_another_order_are_refused() =>
        Refused(Wrap([0x20, 0x01, 0x10, 0x01, 0x2a, 0x20, .. Chain.Genesis.Hash.ToArray()]));

    [Test]
    public void A_number_with_needless_bytes_is_refused() =>
        Refused(Wrap([0x10, 0x81, 0x00, 0x20, 0x01, 0x2a, 0x20, .. Chain.Genesis.Hash.ToArray()]));

    [Test]
    public void A_default_value_that_is_written_is_refused() =>
        Refused(Wrap([0x08, 0x00, 0x10, 0x01, 0x20, 0x01, 0x2a, 0x20, .. Chain.Genesis.Hash.ToArray()]));

    [TestCase((byte)0x00)]
    [TestCase((byte)0x03)]
    [TestCase((byte)0x7f)]
    public void An_enum_value_outside_the_list_is_refused(byte kind) =>
        Refused(Wrap(
            [0x10, 0x01, .. kind == 0 ? Array.Empty<byte>()
                : [0x20, kind], 0x2a, 0x20, .. Chain.Genesis.Hash.ToArray()]));

    [Test]
    public void A_hash_of_another_length_is_refused() =>
        Refused(Wrap([0x10, 0x01, 0x20, 0x01, 0x2a, 0x1f, .. Chain.Genesis.Hash.ToArray()[..31]]));

    [Test]
    public void A_proposal_whose_leaves_are_not_the_headers_is_refused()
    {
        Protos.Proposal message = Chain.Block(Chain.Genesis, 1).ToMessage();
        message.Leaves = ByteString.CopyFrom(new byte[32]);
        Assert.That(ProposalBlock.TryRead(message, out _), Is.False);
    }

    [Test]
    public void A_view_change_with_half_a_proof_is_refused()
    {
        ProposalBlock block = Chain.Block(Chain.Genesis, 1);
        ConsensusMessage half = new ConsensusMessage.ViewChange(
            0, 1, 1, Chain.Certify(VoteKind.Prepare, 0, 1, 0, block.Hash, 0, 1, 2), null);
        Refused(MessageCodec.Encode(half));
    }

    [Test]
    public void Every_change_of_one_byte_of_a_signed_message_is_refused()
    {
        byte[] bytes = Chain.Sign(2, new ConsensusMessage.Vote(0, 1, 0, VoteKind.Commit, Chain.Genesis.Hash))
            .Envelope.Encode();
        Assert.That(Verifies(bytes), Is.True);
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] mutant = [.. bytes];
                mutant[at] ^= (byte)(1 << bit);
                Assert.That(Verifies(mutant), Is.False, $"byte {at} bit {bit}");
            }
        }
    }

    private static bool Verifies(byte[] bytes) =>
        MessageVerifier.TryVerify(bytes, Chain.ChainId, Chain.Set, Chain.Keys, out _);

    private static byte[] Wrap(byte[] vote) => [0x12, (byte)vote.Length, .. vote];

    private static void Refused(byte[] bytes) => Assert.That(MessageCodec.TryDecode(bytes, out _), Is.False);
}
