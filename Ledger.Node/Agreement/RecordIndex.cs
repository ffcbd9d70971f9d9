using Ledger.Contracts.Execution;
using Ledger.Node.Protos;
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

        StoredLocation location = StoredLocation.Parser.ParseFrom(stored);
        return new AnchoredRecord(
            new Address(location.Learner.Span),
            new Hash256(location.VerbHash.Span),
            location.Height,
            location.Index,
            new Hash256(location.Commitment.Span));
    }
}
