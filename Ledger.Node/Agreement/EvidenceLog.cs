using Ledger.Consensus;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Keeps both messages of a key that signed two for one slot, and says so once.</summary>
public sealed class EvidenceLog(LedgerDatabase database, ILogger logger) : IEvidenceLog
{
    /// <inheritdoc/>
    public void Record(VerifiedMessage first, VerifiedMessage second)
    {
        byte[] one = first.Envelope.Encode();
        byte[] two = second.Envelope.Encode();
        byte[] key = TaggedHash.Of(Tags.ConsensusMessage, one, two).ToArray();
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Evidence, key, [.. BitConverter.GetBytes(one.Length), .. one, .. two]);
        database.Write(batch, synced: true);
        logger.LogError(
            "validator {Validator} signed two messages for height {Height}, view {View}; both are kept as evidence",
            first.Sender.ToShortString(), first.Content.Height, first.Content.View);
    }
}
