using Ledger.Client.Protos;
using Ledger.Node.Integrity;
using Ledger.Node.Sealing;
using Ledger.Node.Storage;
using DiskLevel = Ledger.Client.Protos.DiskLevel;

namespace Ledger.Node.Api;

/// <summary>What the node says about its store.</summary>
internal static class StorageStatusSource
{
    /// <summary>Damaged heights are listed up to this many.</summary>
    private const int HeightsMax = 20;

    /// <summary>The status at this moment.</summary>
    public static StorageStatus Of(
        string folder,
        LedgerDatabase database,
        DiskGuard disk,
        Scrubber scrubber,
        BlockHealer healer,
        PersonKeys keys)
    {
        IReadOnlyList<ulong> damaged = healer.Damaged;
        StorageStatus status = new()
        {
            Disk = (DiskLevel)disk.Level,
            FreeBytes = (ulong)disk.FreeBytes,
            ScrubHeight = scrubber.Height,
            ScrubPasses = (uint)scrubber.Passes,
            DamagedBlocks = (uint)damaged.Count,
            NowhereBlocks = (uint)healer.Nowhere.Count,
            VotesDamaged = DamagedVotes.AreNoted(folder),
            RepairWanted = RepairMark.IsSet(folder),
            Batches = (ulong)database.Batches,
            SyncedBatches = (ulong)database.SyncedBatches,
            PersonKeys = (ulong)keys.Count,
            KeyFileInPlace = keys.IsInPlace,
            LostKeys = (ulong)keys.Unreadable.LostKeys,
        };
        status.DamagedHeights.Add(damaged.Take(HeightsMax));
        return status;
    }
}
