namespace RocksDbSharp;

/// <summary>How blocks are compressed; the library may have been built without some.</summary>
public enum Compression
{
    /// <summary>Not at all.</summary>
    No = 0,

    /// <summary>Snappy.</summary>
    Snappy = 1,

    /// <summary>zlib.</summary>
    Zlib = 2,

    /// <summary>bzip2.</summary>
    Bz2 = 3,

    /// <summary>LZ4.</summary>
    Lz4 = 4,

    /// <summary>LZ4, compressing slowly.</summary>
    Lz4hc = 5,

    /// <summary>Xpress, on Windows.</summary>
    Xpress = 6,

    /// <summary>Zstandard.</summary>
    Zstd = 7,
}
