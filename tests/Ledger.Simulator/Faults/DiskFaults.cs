using Ledger.Simulator.Disk;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Faults;

/// <summary>
/// What happens to disks. A block is damaged only where another honest disk has a good copy of it; what costs votes
/// happens only to those that the plan counts into f.
/// </summary>
public sealed class DiskFaults(World world)
{
    private const int BlocksCutMax = 3;

    private readonly Dictionary<int, DiskImage> backups = [];

    /// <summary>A block is durable; it may have landed in the wrong place.</summary>
    public void OnCommitted(SimulatedNode node, ulong height)
    {
        int rate = world.Plan.Rates.Misdirected;
        if (rate == 0 || world.IsHealed || !world.Prng.Chance(rate) || height < node.Disk.BaseHeight + 2)
        {
            return;
        }

        ulong onto = node.Disk.BaseHeight + 1 + (ulong)world.Prng.Below((int)(height - node.Disk.BaseHeight - 1));
        if (HasOtherCopy(node, height) && HasOtherCopy(node, onto))
        {
            node.Disk.MisdirectNewestBlock(onto);
            world.Faults.Mark(FaultKind.MisdirectedWrite);
            world.Say(node, $"writes block {height} onto block {onto}");
        }
    }

    /// <summary>Turns a bit in a block of a node; false where it would be the last good copy.</summary>
    public bool TryRot(SimulatedNode node)
    {
        ulong kept = node.Disk.Height - node.Disk.BaseHeight;
        if (kept == 0)
        {
            return false;
        }

        ulong height = node.Disk.BaseHeight + 1 + (ulong)world.Prng.Below((int)kept);
        if (!HasOtherCopy(node, height) || node.Disk.ReadBlock(height) is null)
        {
            return false;
        }

        node.Disk.RotBlock(height, world.Prng);
        world.Faults.Mark(FaultKind.BitRot);
        world.Say(node, $"has a rotten block {height}");
        return true;
    }

    /// <summary>
    /// Reads the whole disk of a node and fetches what is damaged, as the store does in the background.
    /// </summary>
    public void Scrub(SimulatedNode node)
    {
        if (!node.IsUp || node.IsPaused)
        {
            return;
        }

        foreach (ulong height in node.Disk.FindDamagedBlocks())
        {
            world.Blocks.TryRepair(node, height);
        }
    }

    /// <summary>
    /// Ends a process and takes the newest blocks from its disk, as a repair does that finds them damaged; what was
    /// signed stays. False where others have not all of them.
    /// </summary>
    public bool TryCutChain(SimulatedNode node)
    {
        ulong kept = node.Disk.Height - node.Disk.BaseHeight;
        ulong cut = Math.Min(kept, (ulong)world.Prng.Between(1, BlocksCutMax));
        for (ulong height = node.Disk.Height; height > node.Disk.Height - cut; height--)
        {
            if (!HasOtherCopy(node, height))
            {
                return false;
            }
        }

        if (cut == 0)
        {
            return false;
        }

        node.Die();
        node.Disk.ReplayLog();
        node.Disk.CutNewestBlocks(cut);
        world.Faults.Mark(FaultKind.ChainCut);
        world.Checks.OnChainCut(node);
        world.Say(node, $"has its chain cut to height {node.Disk.Height}");
        return true;
    }

    /// <summary>Keeps a copy of a disk, to be put back some time.</summary>
    public void Backup(SimulatedNode node) => backups[node.Index] = node.Disk.Copy();

    /// <summary>
    /// Damages a disk in a way that costs its votes: rot in the vote state, a format, or an old copy put back. False
    /// where that cannot be now.
    /// </summary>
    public bool TryForget(SimulatedNode node)
    {
        switch (world.Prng.Below(3))
        {
            case 0:
                bool rotten = world.Prng.Chance(500)
                    ? node.Disk.RotVoteState(world.Prng)
                    : node.Disk.RotItem(world.Prng);
                if (rotten)
                {
                    world.Faults.Mark(FaultKind.VoteStateRot);
                    node.CrashAt(CrashPoint.AtTick, 0);
                }

                return rotten;
            case 1:
                return TryReplace(node, null, FaultKind.WipedDisk);
            default:
                return backups.TryGetValue(node.Index, out DiskImage? image)
                    && TryReplace(node, image, FaultKind.OldDisk);
        }
    }

    private bool TryReplace(SimulatedNode node, DiskImage? image, FaultKind kind)
    {
        for (ulong height = node.Disk.BaseHeight + 1; height <= node.Disk.Height; height++)
        {
            if (!HasOtherCopy(node, height))
            {
                return false;
            }
        }

        node.Die();
        node.HasForgotten = true;
        node.Disk.Wipe();
        if (image is not null)
        {
            node.Disk.Restore(image);
        }

        node.JoinsBySnapshot = image is null && world.Prng.Chance(500);
        world.Faults.Mark(kind);
        world.Checks.OnDiskLost(node);
        world.Say(node, image is null ? "loses its disk" : "gets an old disk");
        return true;
    }

    // A disk that may be lost some time does not count as a copy.
    private bool HasOtherCopy(SimulatedNode node, ulong height)
    {
        foreach (SimulatedNode other in world.Nodes)
        {
            if (other != node && other.IsHonest && !world.Plan.MayForget(other.Identity)
                && height > other.Disk.BaseHeight && other.Disk.ReadBlock(height) is not null)
            {
                return true;
            }
        }

        return false;
    }
}
