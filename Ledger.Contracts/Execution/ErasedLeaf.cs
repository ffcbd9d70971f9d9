using Ledger.Contracts.Protos;
using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A record that a block erased, for the node's store and index.</summary>
/// <param name="Name">The range in which it stood.</param>
/// <param name="Leaf">What stood there.</param>
/// <param name="Tombstone">What stands there now.</param>
public sealed record ErasedLeaf(RecordsName Name, RecordLeaf Leaf, TombstoneLeaf Tombstone)
{
    /// <summary>The range.</summary>
    public RangeName Range => RangeName.OfRecords(Name.Llpc, Name.Writer);

    /// <summary>The key of the node-local index that is free from the next block on.</summary>
    public RecordIndexKey IndexKey => RecordIndexKey.Of(Name.Writer, Leaf.Locator);
}
