using Ledger.Contracts.Execution;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Where locators were anchored, as the database knows it: derived from the chain alone.</summary>
public sealed class RecordIndex(LedgerDatabase database) : IRecordIndex
{
    /// <inheritdoc/>
    public AnchoredRecord? Find(RecordIndexKey key) => Anchored(database.Get(LedgerColumns.Locators, key.ToArray()));

    /// <summary>The records with these locators in their order, or null.</summary>
    public AnchoredRecord?[] Find(IReadOnlyList<RecordIndexKey> keys) => Array.ConvertAll(
        database.GetAll(LedgerColumns.Locators, [.. keys.Select(static key => key.ToArray())]), Anchored);

    private static AnchoredRecord? Anchored(byte[]? stored)
    {
        AnchoredRecord? record = null;
        Invariant.That(stored is null || AnchoredRecord.TryRead(stored, out record));
        return record;
    }
}
