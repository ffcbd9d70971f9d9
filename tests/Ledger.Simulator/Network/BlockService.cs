using Ledger.Consensus;
using Ledger.Primitives;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Network;

/// <summary>Decided blocks that one process asks another for: to catch up, and in place of damaged ones.</summary>
public sealed class BlockService(World world)
{
    /// <summary>
    /// Carries a question for a portion of blocks, and the answer of every process that has the address.
    /// </summary>
    public void Request(SimulatedNode asker, Address validator, ulong fromHeight)
    {
        foreach (SimulatedNode node in world.Nodes)
        {
            node.Adversary?.OnBlocksAskedOfAny(asker, fromHeight);
            if (node.IsStarted && !node.IsPaused && node.RunsKernel && node.Address == validator
                && node != asker && world.Network.Reaches(asker.Index, node.Index))
            {
                Answer(asker, node, fromHeight);
            }
        }
    }

    /// <summary>Sends a block to one who asked, or did not ask.</summary>
    public void Send(SimulatedNode from, SimulatedNode asker, BlockRecord block)
    {
        Input answer = new Input.CertifiedBlockReceived(block.Block, block.Certificate, from.Address);
        world.Network.CarryAnswer(from, asker, () =>
        {
            asker.Pass(CrashPoint.AtBlockAnswer);
            asker.Handle(answer);
        });
    }

    /// <summary>Tries to get one damaged block from a peer; the hash that is known of it proves it.</summary>
    public bool TryRepair(SimulatedNode node, ulong height)
    {
        SimulatedNode peer = world.Nodes[world.Prng.Below(world.Nodes.Count)];
        if (peer == node || !peer.IsStarted || peer.IsPaused || !world.Network.Reaches(node.Index, peer.Index)
            || peer.Disk.ReadBlock(height) is not BlockRecord found)
        {
            return false;
        }

        BlockRecord block = peer.Adversary?.OnBlockAsked(found) ?? found;
        if (block.Block.Hash != node.Disk.HashOf(height)
            || !CertificateRules.Decides(
                block.Certificate, block.Block.Hash, block.Block.Header, world.ChainId, world.Chain.SetOf(height),
                world.Keys))
        {
            return false;
        }

        node.Disk.PutBlock(block);
        world.Say(node, $"has fetched block {height} again");
        return true;
    }

    private void Answer(SimulatedNode asker, SimulatedNode from, ulong fromHeight)
    {
        ulong last = Math.Min(from.Disk.Height, fromHeight + IPeers.PortionBlocks - 1);
        for (ulong height = fromHeight; height <= last; height++)
        {
            // What is damaged or was never there is not answered; the asker goes to another.
            if (from.Disk.ReadBlock(height) is not BlockRecord block)
            {
                return;
            }

            Send(from, asker, from.Adversary?.OnBlockAsked(block) ?? block);
        }
    }
}
