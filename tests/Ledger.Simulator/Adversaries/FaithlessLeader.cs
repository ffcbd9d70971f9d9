using System.Collections.Immutable;
using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// As the leader of a new view passes over what was prepared: proposes another block to all, in half of the cases after
/// a new view in which its own view change bears that block with a certificate that proves nothing.
/// </summary>
public sealed class FaithlessLeader(World world, SimulatedNode node) : Adversary(world, node)
{
    private ConsensusMessage.NewView? view;
    private ProposalBlock? carried;
    private ProposalBlock? other;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        switch (packet.Content)
        {
            case ConsensusMessage.NewView one:
                base.OnSend(Begin(one, packet), recipients);
                break;
            case ConsensusMessage.PrePrepare one when IsPassedOver(one, one.Block.Hash):
                base.OnSend(Sign(one with { Block = other! }), recipients);
                break;
            case ConsensusMessage.Vote one when IsPassedOver(one, one.BlockHash):
                base.OnSend(Sign(one with { BlockHash = other!.Hash }), recipients);
                base.OnSend(
                    Sign(new ConsensusMessage.Vote(one.Epoch, one.Height, one.View, VoteKind.Commit, other.Hash)),
                    recipients);
                break;
            default:
                base.OnSend(packet, recipients);
                break;
        }
    }

    private bool IsPassedOver(ConsensusMessage message, Ledger.Primitives.Hash256 hash) =>
        view is not null && message.Height == view.Height && message.View == view.View && carried!.Hash == hash;

    private Packet Begin(ConsensusMessage.NewView message, Packet packet)
    {
        if (message == view)
        {
            return packet;
        }

        view = null;
        Certificate? highest = null;
        foreach (SignedEnvelope envelope in message.ViewChanges)
        {
            if (World.Packets.Of(envelope.Encode()).Content is ConsensusMessage.ViewChange { Prepared: not null } one
                && (highest is null || one.Prepared!.View > highest.View))
            {
                highest = one.Prepared;
                carried = one.PreparedBlock;
            }
        }

        if (highest is null)
        {
            return packet;
        }

        view = message;
        other = ProposalBlock.Of(
            carried!.Header with { TimeUnixMs = carried.Header.TimeUnixMs + 1 }, carried.Leaves);
        return World.Prng.Chance(500) ? Sign(WithForgedViewChange(message, highest)) : packet;
    }

    private ConsensusMessage.NewView WithForgedViewChange(ConsensusMessage.NewView message, Certificate highest)
    {
        Certificate forged = highest with { View = message.View, BlockHash = other!.Hash };
        ConsensusMessage.ViewChange own = new(message.Epoch, message.Height, message.View, forged, other);
        ImmutableArray<SignedEnvelope> all =
            [.. message.ViewChanges.Select(one => one.Sender == Self ? Sign(own).Envelope! : one)];
        return message with { ViewChanges = all };
    }
}
