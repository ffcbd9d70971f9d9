using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Network;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>
/// What one process does otherwise than the protocol says. Without anything overridden it is the honest code, whose
/// messages go out as they are.
/// </summary>
public abstract class Adversary(World world, SimulatedNode node)
{
    /// <summary>Whether the process runs the real replica at all.</summary>
    public virtual bool RunsKernel => true;

    /// <summary>How much longer it takes to build a block, in ticks.</summary>
    public virtual int BuildDelayTicks => 0;

    /// <summary>The world around it.</summary>
    protected World World => world;

    /// <summary>The process.</summary>
    protected SimulatedNode Node => node;

    /// <summary>Its address.</summary>
    protected Address Self => world.Seats.AddressOf(node.Identity);

    /// <summary>Whether it leaves a transaction out of its blocks.</summary>
    public virtual bool LeavesOut(SimulatedTransaction transaction) => false;

    /// <summary>What becomes of a message of the replica.</summary>
    public virtual void OnSend(Packet packet, Recipients recipients) => world.Broadcast(node, packet, recipients);

    /// <summary>A message has come.</summary>
    public virtual void OnArrival(Packet packet)
    {
    }

    /// <summary>A tick has passed.</summary>
    public virtual void OnTick()
    {
    }

    /// <summary>What it answers to one who asks for a block.</summary>
    public virtual BlockRecord OnBlockAsked(BlockRecord block) => block;

    /// <summary>What it answers to one who asks for a part of a snapshot.</summary>
    public virtual IReadOnlyList<int> OnPartAsked(IReadOnlyList<int> part) => part;

    /// <summary>Somebody has asked somebody for blocks.</summary>
    public virtual void OnBlocksAskedOfAny(SimulatedNode asker, ulong fromHeight)
    {
    }

    /// <summary>Signs a message with its own key.</summary>
    protected Packet Sign(ConsensusMessage message) => SignBody(MessageCodec.Encode(message));

    /// <summary>Signs bytes with its own key.</summary>
    protected Packet SignBody(byte[] body) => world.Packets.Of(
        world.Keys.SealBody(world.ChainId, Self, world.KeyInUse(node.Identity), body).Encode());
}
