namespace Ledger.Contracts.Execution;

/// <summary>
/// Where a record with a locator was anchored: a node-local index that is derived from the blocks alone.
/// </summary>
public interface IRecordIndex
{
    /// <summary>The record with this locator in the blocks up to the parent, or null.</summary>
    AnchoredRecord? Find(RecordIndexKey key);
}
