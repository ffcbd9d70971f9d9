using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Protos;

/// <summary>A trail entry's leaf.</summary>
public sealed partial class TrailLeaf : IRangeLeaf
{
    /// <inheritdoc/>
    public Hash256 LeafHash => RangeLeaf.OfTrail(this);

    /// <inheritdoc/>
    public bool IsWellFormed => Institution.Length == Address.Size && Commitment.Length == Hash256.Size;
}
