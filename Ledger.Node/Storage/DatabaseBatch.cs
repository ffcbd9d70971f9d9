using System.Buffers;
using Google.Protobuf;
using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>Changes that reach the disk together or not at all.</summary>
public sealed class DatabaseBatch : IDisposable
{
    private readonly IReadOnlyDictionary<string, ColumnFamilyHandle> columns;
    private readonly Dictionary<SealedKey, byte[]?> sealedChanges = [];
    private readonly BatchMemory memory;
    private WriteBatch? inner;

    internal DatabaseBatch(IReadOnlyDictionary<string, ColumnFamilyHandle> columns, BatchMemory memory)
    {
        this.columns = columns;
        this.memory = memory;
        inner = memory.Take();
    }

    /// <summary>How many changes it holds.</summary>
    public int Count => Inner.Count();

    internal WriteBatch Inner => inner ?? throw new ObjectDisposedException(nameof(DatabaseBatch));

    /// <summary>What the seal must learn of: the last change of each key of a sealed column.</summary>
    internal IReadOnlyDictionary<SealedKey, byte[]?> SealedChanges => sealedChanges;

    /// <summary>Sets a key.</summary>
    public void Put(string column, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Inner.Put(key, value, columns[column]);
        int place = SealedColumns.IndexOf(column);
        if (place >= 0)
        {
            sealedChanges[new SealedKey(place, key.ToArray())] = value.ToArray();
        }
    }

    /// <summary>Sets a key to a message's bytes.</summary>
    public void Put(string column, ReadOnlySpan<byte> key, IMessage value)
    {
        int length = value.CalculateSize();
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> bytes = rented.AsSpan(0, length);
        value.WriteTo(bytes);
        Put(column, key, bytes);
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Removes a key.</summary>
    public void Delete(string column, byte[] key)
    {
        Inner.Delete(key, columns[column]);
        int place = SealedColumns.IndexOf(column);
        if (place >= 0)
        {
            sealedChanges[new SealedKey(place, key)] = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref inner, null) is { } used)
        {
            memory.GiveBack(used);
        }
    }
}
