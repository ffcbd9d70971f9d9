using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Protos;

/// <summary>A record's leaf.</summary>
public sealed partial class RecordLeaf : IRangeLeaf
{
    /// <inheritdoc/>
    public Hash256 LeafHash => RangeLeaf.OfRecord(this);

    /// <inheritdoc/>
    public bool IsWellFormed =>
        Locator is not null
        && Locator.HashedId.Length == TransactionLimits.HashedIdBytes
        && Commitment.Length == Hash256.Size;
}
