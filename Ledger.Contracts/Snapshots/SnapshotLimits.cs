namespace Ledger.Contracts.Snapshots;

/// <summary>How large the pieces of a snapshot are. Rule N-2 of the protocol.</summary>
public static class SnapshotLimits
{
    /// <summary>
    /// A piece ends before it exceeds this, unless a single entry does: small enough to be checked in an instant and
    /// sent again, large enough that round trips do not count.
    /// </summary>
    public const int PieceBytesMax = 1024 * 1024;

    /// <summary>Leaves of a full part of a range: about 400 KiB, and a perfect tree of twelve levels.</summary>
    public const int PartLeavesMax = 1 << PartLevels;

    /// <summary>Levels of a full part.</summary>
    public const int PartLevels = 12;

    /// <summary>Parts in one piece: what a reader must be ready to compare.</summary>
    public const int PartsMax = 4096;
}
