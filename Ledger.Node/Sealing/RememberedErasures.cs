namespace Ledger.Node.Sealing;

/// <summary>
/// Keys that were erased before there was a list to follow, which then takes them over. A node follows its list before
/// it opens anything. Used from any thread.
/// </summary>
internal sealed class RememberedErasures : IErasedKeys
{
    private readonly Lock gate = new();
    private readonly HashSet<long> noted = [];

    /// <inheritdoc/>
    public void NoteKeys(IReadOnlyCollection<long> ids)
    {
        lock (gate)
        {
            noted.UnionWith(ids);
        }
    }

    /// <inheritdoc/>
    public bool HasKey(long id)
    {
        lock (gate)
        {
            return noted.Contains(id);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> ErasedKeys()
    {
        lock (gate)
        {
            return [.. noted];
        }
    }
}
