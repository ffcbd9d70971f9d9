namespace Ledger.Contracts.State;

/// <summary>An open instance that ends by itself. Ordered by end time, then by raw key.</summary>
public readonly record struct ExpiryEntry(long EndUnixMs, StateKey Key) : IComparable<ExpiryEntry>
{
    /// <inheritdoc/>
    public int CompareTo(ExpiryEntry other)
    {
        int order = EndUnixMs.CompareTo(other.EndUnixMs);
        return order != 0 ? order : Key.CompareTo(other.Key);
    }
}
