namespace RocksDbSharp;

/// <summary>How a file finds the block of a key.</summary>
public enum BlockBasedTableIndexType
{
    /// <summary>One block of keys, which is searched.</summary>
    Binary = 0,

    /// <summary>As <see cref="Binary"/>, and a table of the keys' prefixes.</summary>
    Hash = 1,

    /// <summary>Blocks of keys, and a block that tells which of these is searched.</summary>
    TwoLevelIndex = 2,
}
