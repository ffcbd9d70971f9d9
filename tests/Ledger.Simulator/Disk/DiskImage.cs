using Ledger.Consensus;
using Ledger.Primitives;

namespace Ledger.Simulator.Disk;

/// <summary>All that is on a disk at one moment: what a backup holds.</summary>
public sealed record DiskImage(
    SnapshotState? Base,
    IReadOnlyList<DiskRecord<BlockRecord>?> Blocks,
    IReadOnlyList<Hash256> Hashes,
    IReadOnlyList<DiskRecord<StoredItem>> Items,
    byte[] VoteState);
