namespace RocksDbSharp;

/// <summary>By which rules files of a column family are merged.</summary>
public enum Compaction
{
    /// <summary>In levels, each a few times as large as the one before, of which each key is in one file.</summary>
    Level,

    /// <summary>In tiers: files of like size are merged into one.</summary>
    Universal,

    /// <summary>Not at all: the oldest are deleted.</summary>
    Fifo,
}
