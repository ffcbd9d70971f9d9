using Ledger.Consensus;
using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Network;

/// <summary>
/// How a node without blocks begins with the state of a peer: the head by its certificate, the parts of the state by
/// the root in that header. Whoever gives a wrong part is left for another.
/// </summary>
public sealed class SnapshotService(World world)
{
    private const int AskAgainTicks = 25;
    private const int PartTicksMax = 8;

    /// <summary>Snapshots that were installed.</summary>
    public int Installed { get; private set; }

    /// <summary>Heads and parts that were refused because they were not what the chain proves.</summary>
    public int Refused { get; private set; }

    /// <summary>Installs a snapshot on the empty disk of a process, then goes on.</summary>
    public void Join(SimulatedNode node, Action then)
    {
        node.Pass(CrashPoint.DuringSnapshot);
        SimulatedNode peer = world.Nodes[world.Prng.Below(world.Nodes.Count)];
        if (peer.Identity == node.Identity || !peer.IsUp || peer.IsPaused
            || !world.Network.Reaches(node.Index, peer.Index)
            || peer.Disk.ReadBlock(peer.Disk.Height) is not BlockRecord head)
        {
            node.Later(AskAgainTicks, () => Join(node, then));
            return;
        }

        BlockRecord offered = peer.Adversary?.OnBlockAsked(head) ?? head;
        ReplicatedState state = peer.Executor.State.Copy();
        if (!IsProven(offered, state))
        {
            Refused++;
            node.Later(AskAgainTicks, () => Join(node, then));
            return;
        }

        FetchPart(new SnapshotTransfer(node, peer, offered, state, then));
    }

    private void FetchPart(SnapshotTransfer transfer)
    {
        SimulatedNode node = transfer.Node;
        node.Pass(CrashPoint.DuringSnapshot);
        if (transfer.Parts.Count == ReplicatedState.Buckets)
        {
            Install(transfer);
            return;
        }

        int bucket = transfer.Parts.Count;
        IReadOnlyList<int> honest = transfer.Offered.PartOf(bucket);
        IReadOnlyList<int> part = transfer.Peer.Adversary?.OnPartAsked(honest) ?? honest;
        if (!world.Network.Reaches(node.Index, transfer.Peer.Index)
            || ReplicatedState.HashOf(part) != transfer.Offered.Hashes[bucket])
        {
            Refused++;
            node.Later(AskAgainTicks, () => Join(node, transfer.Then));
            return;
        }

        transfer.Parts.Add(part);
        node.Later(world.Prng.Between(1, PartTicksMax), () => FetchPart(transfer));
    }

    private void Install(SnapshotTransfer transfer)
    {
        ReplicatedState state = new(transfer.Offered.Seats, transfer.Parts);
        if (transfer.Node.IsHonest)
        {
            world.Checks.OnSnapshot(transfer.Node, transfer.Head);
        }

        transfer.Node.Disk.Install(new SnapshotState(transfer.Head, state));
        Installed++;
        world.Say(transfer.Node, $"begins with the state of height {transfer.Head.Block.Height}");
        transfer.Then();
    }

    // The sets are followed from the first one over every header that ends an epoch.
    private bool IsProven(BlockRecord head, ReplicatedState state)
    {
        ValidatorSet set = world.FirstSet;
        ulong epoch = 0;
        for (ulong height = 1; height < head.Block.Height; height++)
        {
            BlockRecord block = world.Chain[height];
            if (block.Block.Header.EndsEpoch)
            {
                if (!Decides(block, set))
                {
                    return false;
                }

                set = block.NextSet;
                epoch++;
            }
        }

        return head.Block.Header.Epoch == epoch
            && Decides(head, set)
            && state.Root == head.Block.Header.StateRoot
            && world.Seats.SetOf(state.Seats).Hash == head.Block.Header.NextValidatorsHash;
    }

    private bool Decides(BlockRecord block, ValidatorSet set) => CertificateRules.Decides(
        block.Certificate, block.Block.Hash, block.Block.Header, world.ChainId, set, world.Keys);
}
