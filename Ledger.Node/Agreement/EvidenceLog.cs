using Ledger.Consensus;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>Keeps both messages of a key that signed two for one slot, and says so once.</summary>
public sealed class EvidenceLog(LedgerDatabase database, ILogger logger) : IEvidenceLog
{
    /// <inheritdoc/>
    public void Record(EquivocationEvidence evidence)
    {
        byte[] bytes = evidence.Encode();
        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Evidence, KeyOf(bytes), bytes);
        database.Write(batch, synced: true);
        logger.LogError(
            "validator {Validator} signed two messages for one height, view and kind; both are kept as evidence",
            evidence.First.Sender.ToShortString());
    }

    /// <summary>The key of encoded evidence.</summary>
    public static byte[] KeyOf(ReadOnlySpan<byte> bytes) => TaggedHash.Of(Tags.ConsensusMessage, bytes).ToArray();

    /// <summary>At most this many are listed at once.</summary>
    public const int ListedMax = 1000;

    /// <summary>All that is kept, at most <see cref="ListedMax"/>.</summary>
    public static IReadOnlyList<EquivocationEvidence> Read(LedgerDatabase database)
    {
        List<EquivocationEvidence> found = [];
        foreach ((byte[] _, byte[] bytes) in database.Scan(LedgerColumns.Evidence, []).Take(ListedMax))
        {
            found.Add(EquivocationEvidence.TryDecode(bytes, out EquivocationEvidence? evidence)
                ? evidence
                : throw new StorageFailedException(
                    "An entry of the evidence is damaged. Stop the node and run `ledger-node fsck`.",
                    new InvalidDataException("not two signed messages")));
        }

        return found;
    }
}
