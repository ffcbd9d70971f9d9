using Ledger.Contracts.Execution;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Where locators were anchored, as the database knows it: derived from the chain alone.</summary>
public sealed class RecordIndex(LedgerDatabase database) : IRecordIndex
{
    /// <inheritdoc/>
    public AnchoredRecord? Find(RecordIndexKey key)
    {
        byte[]? stored = database.Get(LedgerColumns.Locators, key.ToArray());
        if (stored is null)
        {
            return null;
        }

        Invariant.That(AnchoredRecord.TryRead(stored, out AnchoredRecord? record));
        return record;
    }
}
