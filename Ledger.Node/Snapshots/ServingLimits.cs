namespace Ledger.Node.Snapshots;

/// <summary>What serving snapshots and headers may cost a node, each with its reason.</summary>
public static class ServingLimits
{
    /// <summary>Snapshots held at one time; what two of them share, which is nearly all, is held once.</summary>
    public const int PinsMax = 6;

    /// <summary>Pieces being cut at one time: the disk and two cores are the block's first.</summary>
    public const int PiecesAtOnceMax = 4;

    /// <summary>Pieces that an institution may ask for in a row.</summary>
    public const int PiecesBurst = 128;

    /// <summary>Pieces that it may ask for each second from then on: 64 MiB.</summary>
    public const int PiecesPerSecond = 64;

    /// <summary>Questions for headers in a row, by all callers together: anybody may ask.</summary>
    public const int HeadersBurst = 256;

    /// <summary>Questions for headers each second from then on.</summary>
    public const int HeadersPerSecond = 64;

    /// <summary>Ends of epochs in one answer: under 1 MiB with sixteen seats.</summary>
    public const int EpochEndsMax = 256;

    /// <summary>Roots of full parts of record ranges that are kept: those of 130 million records.</summary>
    public const int PartRootsMax = 32_768;

    /// <summary>
    /// All nodes pin the first block of each minute, so that one snapshot can be fetched from several of them.
    /// </summary>
    public const long PinEveryMs = 60_000;

    /// <summary>A snapshot that nobody has read from for this long makes room for another.</summary>
    public static readonly TimeSpan PinIdleMax = TimeSpan.FromMinutes(10);

    /// <summary>A snapshot is dropped at this age even while it is read: a reader that slow must begin anew.</summary>
    public static readonly TimeSpan PinAgeMax = TimeSpan.FromHours(6);
}
