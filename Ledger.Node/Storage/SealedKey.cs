namespace Ledger.Node.Storage;

/// <summary>The key of an entry of a sealed column; equal when column and bytes are.</summary>
/// <param name="column">The column's place in the seal.</param>
/// <param name="key">The key's bytes, which nobody changes any more.</param>
internal readonly struct SealedKey(int column, byte[] key) : IEquatable<SealedKey>
{
    /// <summary>The column's place in the seal.</summary>
    public int Column => column;

    /// <summary>The key's bytes.</summary>
    public byte[] Key => key;

    /// <inheritdoc/>
    public bool Equals(SealedKey other) => Column == other.Column && Key.AsSpan().SequenceEqual(other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SealedKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(column);
        hash.AddBytes(key);
        return hash.ToHashCode();
    }
}
