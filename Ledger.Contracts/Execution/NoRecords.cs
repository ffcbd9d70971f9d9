namespace Ledger.Contracts.Execution;

/// <summary>The record index of a chain before its first block.</summary>
public sealed class NoRecords : IRecordIndex
{
    private NoRecords()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoRecords Instance { get; } = new();

    /// <inheritdoc/>
    public AnchoredRecord? Find(RecordIndexKey key) => null;
}
