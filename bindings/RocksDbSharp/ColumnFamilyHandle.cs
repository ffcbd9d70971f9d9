namespace RocksDbSharp;

/// <summary>A column family of an open database.</summary>
public interface ColumnFamilyHandle
{
    /// <summary>The pointer of RocksDB.</summary>
    IntPtr Handle { get; }
}
