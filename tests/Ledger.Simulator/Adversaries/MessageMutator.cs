using Ledger.Consensus;
using Ledger.Simulator.Chance;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Changes one thing in half of its messages, in small steps, and signs them again.</summary>
public sealed class MessageMutator(World world, SimulatedNode node) : Adversary(world, node)
{
    private const int PerMille = 500;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        bool changes = packet.Content is not null && World.Prng.Chance(PerMille);
        Packet sent = changes ? Change(packet, packet.Content!) : packet;
        base.OnSend(sent, recipients);
        if (changes && World.Prng.Chance(PerMille))
        {
            base.OnSend(packet, recipients);
        }
    }

    private Packet Change(Packet packet, ConsensusMessage content)
    {
        Prng prng = World.Prng;
        switch (prng.Below(8))
        {
            case 0:
                return Sign(MessageChange.WithView(content, content.View + 1));
            case 1:
                return Sign(MessageChange.WithHeight(content, content.Height + 1));
            case 2:
                return Sign(MessageChange.WithEpoch(content, content.Epoch + 1));
            case 3:
                return Sign(MessageChange.WithHeight(MessageChange.WithView(content, content.Height), content.View));
            case 4:
                return Sign(MessageChange.WithView(content, content.View == 0 ? 70 : content.View - 1));
            case 5:
                return SignBody(Flip(packet.Envelope!.Body.ToArray()));
            case 6:
                return World.Packets.Of(Flip(packet.Bytes.ToArray()));
            default:
                ulong height = World.Chain.Height;
                return Sign(MessageChange.WithOtherMeaning(content, World.Chain.HashOf(height), prng.Chance(500)));
        }
    }

    private byte[] Flip(byte[] bytes)
    {
        bytes[World.Prng.Below(bytes.Length)] ^= (byte)(1 << World.Prng.Below(8));
        return bytes;
    }
}
