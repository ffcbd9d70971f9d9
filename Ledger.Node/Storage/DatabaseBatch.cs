using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>Changes that reach the disk together or not at all.</summary>
public sealed class DatabaseBatch : IDisposable
{
    private readonly IReadOnlyDictionary<string, ColumnFamilyHandle> columns;
    private readonly SortedDictionary<string, (int Column, byte[] Key, byte[]? Value)> sealedChanges =
        new(StringComparer.Ordinal);

    internal DatabaseBatch(IReadOnlyDictionary<string, ColumnFamilyHandle> columns)
    {
        this.columns = columns;
        Inner = new WriteBatch();
    }

    internal WriteBatch Inner { get; }

    /// <summary>What the seal must learn of: the last change of each key of a sealed column.</summary>
    internal IEnumerable<(int Column, byte[] Key, byte[]? Value)> SealedChanges => sealedChanges.Values;

    /// <summary>Sets a key.</summary>
    public void Put(string column, byte[] key, byte[] value)
    {
        Inner.Put(key, value, columns[column]);
        Note(column, key, value);
    }

    /// <summary>Removes a key.</summary>
    public void Delete(string column, byte[] key)
    {
        Inner.Delete(key, columns[column]);
        Note(column, key, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Inner.Dispose();

    private void Note(string column, byte[] key, byte[]? value)
    {
        int place = SealedColumns.IndexOf(column);
        if (place >= 0)
        {
            sealedChanges[column + Convert.ToHexString(key)] = (place, key, value);
        }
    }
}
