using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>Changes that reach the disk together or not at all.</summary>
public sealed class DatabaseBatch : IDisposable
{
    private readonly IReadOnlyDictionary<string, ColumnFamilyHandle> columns;

    internal DatabaseBatch(IReadOnlyDictionary<string, ColumnFamilyHandle> columns)
    {
        this.columns = columns;
        Inner = new WriteBatch();
    }

    internal WriteBatch Inner { get; }

    /// <summary>Sets a key.</summary>
    public void Put(string column, byte[] key, byte[] value) => Inner.Put(key, value, columns[column]);

    /// <summary>Removes a key.</summary>
    public void Delete(string column, byte[] key) => Inner.Delete(key, columns[column]);

    /// <inheritdoc/>
    public void Dispose() => Inner.Dispose();
}
