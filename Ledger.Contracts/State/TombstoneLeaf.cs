using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Protos;

/// <summary>What stands in the place of an erased record.</summary>
public sealed partial class TombstoneLeaf : IRangeLeaf
{
    /// <inheritdoc/>
    public Hash256 LeafHash => RangeLeaf.OfTombstone(Index, Height, ErasedHeight);

    /// <inheritdoc/>
    public bool IsWellFormed => ErasedHeight > Height;
}
