using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>What an honest node sends as its own is on its disk, byte for byte or by its digest.</summary>
public sealed class DurableBeforeSendChecker(World world, OneMessagePerSlotChecker slots)
    : Checker(world, "durable-before-send")
{
    /// <summary>Checks a message of an honest node on its way out.</summary>
    public void OnSend(SimulatedNode node, Packet packet)
    {
        if (packet.Content is not ConsensusMessage content)
        {
            throw Broken(node, "sent what cannot be read");
        }

        if (packet.Sender != node.Address || content.IsAdvice)
        {
            return;
        }

        if (content.Height > node.Disk.Height
            && !node.Disk.HoldsOwn(content, packet.Bytes)
            && !IsInVoteState(node, content, packet))
        {
            throw Broken(node, $"sent {content.Kind} for height {content.Height} before it was durable");
        }

        if (!slots.HasSigned(node.Identity, packet))
        {
            throw Broken(node, $"sent {content.Kind} for height {content.Height} that was never written");
        }
    }

    // Of a height that was decided and then cut away the message itself is gone, and signed again as it was.
    private static bool IsInVoteState(SimulatedNode node, ConsensusMessage content, Packet packet) =>
        VoteState.TryRead(node.Disk.VoteState, out VoteState? state, out _)
        && state.Height == content.Height
        && state.Slots.Any(slot =>
            slot.Kind == content.Kind && slot.View == content.View && slot.Digest == packet.Digest);
}
