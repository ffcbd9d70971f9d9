using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Checkers;

/// <summary>
/// An honest identity signs one message for each height, view and kind, and none in a view that it has left, whatever
/// became of its disk in between.
/// </summary>
public sealed class OneMessagePerSlotChecker(World world) : Checker(world, "one-message-per-slot")
{
    private readonly Dictionary<(int Identity, ulong Height, ulong View, MessageKind Kind), Hash256> slots = [];
    private readonly ulong[] leftFor = new ulong[world.Seats.Identities];

    /// <summary>Whether an identity has signed exactly this.</summary>
    public bool HasSigned(int identity, Packet packet) =>
        packet.Content is ConsensusMessage content
        && slots.TryGetValue((identity, content.Height, content.View, content.Kind), out Hash256 digest)
        && digest == packet.Digest;

    /// <summary>Checks what an honest node has signed, when it is durable.</summary>
    public void OnSigned(SimulatedNode node, Packet packet)
    {
        if (packet.Content is not ConsensusMessage content)
        {
            throw Broken(node, "wrote what cannot be read");
        }

        var slot = (node.Identity, content.Height, content.View, content.Kind);
        if (slots.TryGetValue(slot, out Hash256 known))
        {
            if (known != packet.Digest)
            {
                throw Broken(node, $"signed two {content.Kind} for height {content.Height} view {content.View}");
            }

            return;
        }

        if (content.View < leftFor[node.Identity])
        {
            throw Broken(node, $"signed {content.Kind} in view {content.View} after leaving for "
                + $"{leftFor[node.Identity]}");
        }

        if (content.Height <= node.Disk.Height)
        {
            throw Broken(node, $"signed {content.Kind} for height {content.Height}, which is decided");
        }

        slots.Add(slot, packet.Digest);
        if (content.Kind == MessageKind.ViewChange)
        {
            leftFor[node.Identity] = content.View;
        }
    }
}
