using Ledger.Consensus;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// Claims heights, heads and views that do not exist, lies as a witness, and sends blocks to those who ask others.
/// </summary>
public sealed class LyingStatus(World world, SimulatedNode node) : Adversary(world, node)
{
    private const ulong HeightsAhead = 50;
    private const ulong HeightsUnasked = 16;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        Packet sent = packet.Content switch
        {
            ConsensusMessage.Status one => Sign(Lie(one)),
            ConsensusMessage.Witness one => Sign(one with
            {
                Seen = new SeenSlot(one.Height + HeightsAhead, one.View + HeightsAhead, MessageKind.NewView),
            }),
            _ => packet,
        };
        base.OnSend(sent, recipients);
    }

    /// <inheritdoc/>
    public override void OnBlocksAskedOfAny(SimulatedNode asker, ulong fromHeight)
    {
        ulong height = Node.Disk.Height;
        if (!Node.IsUp || asker == Node || height == 0 || World.Prng.Chance(500)
            || Node.Disk.ReadBlock(height) is not BlockRecord last)
        {
            return;
        }

        for (ulong forgedHeight = fromHeight; forgedHeight < fromHeight + HeightsUnasked; forgedHeight++)
        {
            BlockHeader header = last.Block.Header with { Height = forgedHeight };
            World.Blocks.Send(Node, asker, last with { Block = ProposalBlock.Of(header, last.Block.Leaves) });
        }
    }

    private ConsensusMessage Lie(ConsensusMessage.Status honest) => World.Prng.Below(4) switch
    {
        0 => MessageChange.WithHeight(honest, honest.Height + HeightsAhead),
        1 => MessageChange.WithHeight(
            honest with { HeadHash = World.ChainId }, honest.Height - Math.Min(honest.Height, 2)),
        2 => MessageChange.WithView(honest with { ChangingView = true }, honest.View + 1000),
        _ => MessageChange.WithHeight(honest with { StartNonce = 7 }, ulong.MaxValue - 1),
    };
}
