using RocksDbSharp;

namespace Ledger.Node.Storage;

/// <summary>
/// The memory of the batch before, for the next one. The batch of a large block would else grow from nothing each time,
/// and take fresh pages from the system at each doubling. Thread-safe.
/// </summary>
internal sealed class BatchMemory
{
    private WriteBatch? spare;

    /// <summary>An empty batch.</summary>
    public WriteBatch Take() => Interlocked.Exchange(ref spare, null) ?? new WriteBatch();

    /// <summary>Keeps a batch that was written, or given up, for the next one.</summary>
    public void GiveBack(WriteBatch batch) => Interlocked.Exchange(ref spare, batch.Clear())?.Dispose();

    /// <summary>Keeps nothing.</summary>
    public void Free() => Interlocked.Exchange(ref spare, null)?.Dispose();
}
