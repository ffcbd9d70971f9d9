using System.Collections.Immutable;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus.Tests;

/// <summary>What the stories are told with.</summary>
public sealed partial class ReplicaStories
{
    private static bool Same(
        (ProposalBlock Block, ExecutionMode Mode) left, (ProposalBlock Block, ExecutionMode Mode) right) =>
        left.Block.Hash == right.Block.Hash && left.Mode == right.Mode;

    private static (VoteKind Phase, ulong View, Hash256 Block)[] Votes(ScriptedNode node) =>
        [.. node.SentOf<ConsensusMessage.Vote>().Select(vote => (vote.Phase, vote.View, vote.BlockHash))];

    private ScriptedNode Node(int place) =>
        new(chain, place) { Verdict = new ExecutionOutcome.Agreed(chain.Set) };

    private VerifiedMessage Propose(int place, ulong view, ProposalBlock what) =>
        chain.Sign(place, new ConsensusMessage.PrePrepare(0, 1, view, what));

    private VerifiedMessage Vote(int place, VoteKind phase, ulong view, ProposalBlock what) =>
        chain.Sign(place, new ConsensusMessage.Vote(0, 1, view, phase, what.Hash));

    private VerifiedMessage Leave(int place, ulong view) =>
        chain.Sign(place, new ConsensusMessage.ViewChange(0, 1, view, null, null));

    private VerifiedMessage Leave(int place, ulong view, ulong preparedView, ProposalBlock prepared) => chain.Sign(
        place,
        new ConsensusMessage.ViewChange(
            0, 1, view, chain.Certify(VoteKind.Prepare, 0, 1, preparedView, prepared.Hash, 0, 1, 3), prepared));

    private VerifiedMessage NewView(int place, ulong view, params VerifiedMessage[] viewChanges)
    {
        ImmutableArray<SignedEnvelope> envelopes = [.. viewChanges.Select(one => one.Envelope)];
        return chain.Sign(place, new ConsensusMessage.NewView(0, 1, view, envelopes));
    }

    private VerifiedMessage Status(int place, ulong height, ProposalBlock head, ulong view) =>
        chain.Sign(place, new ConsensusMessage.Status(0, height, head.Hash, view, false, 0));

    // As it comes out of a frame of a peer that put something beside the signed fields.
    private VerifiedMessage Padded(VerifiedMessage message, int padding)
    {
        Protos.SignedMessage padded = Protos.SignedMessage.Parser.ParseFrom(
            [.. message.Envelope.Encode(), .. UnknownField(padding)]);
        Assert.That(padded.CalculateSize(), Is.GreaterThan(message.Envelope.Encode().Length));
        Assert.That(SignedEnvelope.TryRead(padded, out SignedEnvelope? envelope), Is.True);
        bool verified = MessageVerifier.TryVerify(
            envelope!, chain.ChainId, chain.Set, chain.Keys, out VerifiedMessage? received);
        Assert.That(verified, Is.True);
        return received!;
    }

    // Field 15, length-delimited.
    private static byte[] UnknownField(int length)
    {
        using MemoryStream bytes = new();
        using CodedOutputStream output = new(bytes);
        output.WriteTag(15, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(new byte[length]));
        output.Flush();
        return bytes.ToArray();
    }

    // Sent by place 0.
    private Input Certified(ProposalBlock what, ulong view, params int[] places) => CertifiedBy(0, what, view, places);

    private Input CertifiedBy(int sender, ProposalBlock what, ulong view, params int[] places) =>
        new Input.CertifiedBlockReceived(
            what, chain.Certify(VoteKind.Commit, 0, what.Height, view, what.Hash, places), chain.Set[sender].Address);

    // Makes the node ask place 0 for blocks.
    private void AskPlace0(ScriptedNode node, ulong claim)
    {
        node.Receive(Status(0, claim, block, 0));
        node.Tick(2 * Ticks.BehindBeforeAsking);
        Assert.That(node.Requests[^1].Validator, Is.EqualTo(chain.Set[0].Address));
    }

    // The node at place 2 executes another block in each of the views that others lead.
    private List<(ulong View, ProposalBlock Block)> ExecuteOneInEachView(ScriptedNode node, int count)
    {
        List<(ulong View, ProposalBlock Block)> executed = [];
        for (ulong view = 1; executed.Count < count; view++)
        {
            if (view % 4 == 2)
            {
                continue;
            }

            ProposalBlock one = chain.Block(chain.Genesis, (byte)(100 + view));
            node.Receive(NewView((int)(view % 4), view, Leave(0, view), Leave(1, view), Leave(3, view)));
            node.Receive(Propose((int)(view % 4), view, one));
            executed.Add((view, one));
        }

        Assert.That(node.Executions, Has.Count.EqualTo(count));
        return executed;
    }

    // What was prepared in an earlier view is proposed again in a later one.
    private void CarryOver(ScriptedNode node, (ulong View, ProposalBlock Block) what, ulong view)
    {
        int leader = (int)(view % 4);
        node.Receive(NewView(leader, view, Leave(0, view, what.View, what.Block), Leave(1, view), Leave(3, view)));
        node.Receive(Propose(leader, view, what.Block));
    }

    private void Decide(ScriptedNode node, ProposalBlock what)
    {
        node.Receive(Propose(0, 0, what));
        foreach (VoteKind phase in new[] { VoteKind.Prepare, VoteKind.Commit })
        {
            node.Receive(Vote(0, phase, 0, what));
            node.Receive(Vote(1, phase, 0, what));
        }

        Assert.That(node.Kernel.Height, Is.EqualTo(1));
    }
}
