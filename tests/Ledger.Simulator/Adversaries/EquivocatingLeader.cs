using Ledger.Consensus;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// As a leader proposes two blocks of one height and view, one to each half of the others, and votes to each half for
/// its block.
/// </summary>
public sealed class EquivocatingLeader(World world, SimulatedNode node) : Adversary(world, node)
{
    private ConsensusMessage.PrePrepare? own;
    private ProposalBlock? other;

    /// <inheritdoc/>
    public override void OnSend(Packet packet, Recipients recipients)
    {
        Packet second = packet;
        if (packet.Content is ConsensusMessage.PrePrepare proposal)
        {
            own = proposal;
            BlockHeader header = proposal.Block.Header with { TimeUnixMs = proposal.Block.Header.TimeUnixMs + 1 };
            other = ProposalBlock.Of(header, proposal.Block.Leaves);
            second = Sign(proposal with { Block = other });
        }
        else if (packet.Content is ConsensusMessage.Vote vote && other is not null && own is not null
            && vote.BlockHash == own.Block.Hash && vote.View == own.View)
        {
            second = Sign(vote with { BlockHash = other.Hash });
        }

        foreach (SimulatedNode to in World.Nodes)
        {
            if (World.IsAddressed(Node, to, recipients))
            {
                World.Network.Carry(Node, to, to.Index % 2 == 0 ? packet : second);
            }
        }
    }
}
