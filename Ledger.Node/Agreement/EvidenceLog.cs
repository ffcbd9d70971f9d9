using Ledger.Consensus;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// Keeps both messages of a key that signed two for one slot, and says so. One piece proves all that there is to prove,
/// so that few are kept of a key: who lies without end fills no disk. Nothing is synced here, for the kernel's thread
/// would wait: a piece outlives the process at once, and a power cut from the next vote or block on.
/// </summary>
public sealed class EvidenceLog : IEvidenceLog
{
    /// <summary>Pieces that are kept of one vote key, which is a validator's in one epoch.</summary>
    public const int PiecesMax = 8;

    /// <summary>Bytes of all these pieces together: the largest piece that there can be has room.</summary>
    public const int BytesMax = 2 * SignedEnvelope.BytesMax;

    /// <summary>At most this many are listed at once.</summary>
    public const int ListedMax = 1000;

    private readonly LedgerDatabase database;
    private readonly ILogger logger;
    private readonly HashSet<Hash256> known = [];
    private readonly Dictionary<(Address Sender, ulong Epoch), (int Pieces, int Bytes)> held = [];
    private readonly HashSet<(Address Sender, ulong Epoch)> refused = [];

    /// <summary>A log that goes on with what is kept.</summary>
    public EvidenceLog(LedgerDatabase database, ILogger logger)
    {
        this.database = database;
        this.logger = logger;
        try
        {
            foreach ((byte[] key, byte[] bytes) in database.Scan(LedgerColumns.Evidence, []))
            {
                CountStored(key, bytes);
            }
        }
        catch (DamagedDataException problem)
        {
            logger.LogError(
                "The evidence that is kept cannot be read and is not counted: {What}. See `ledger-node fsck`.",
                problem.Message);
        }
    }

    /// <inheritdoc/>
    public void Record(EquivocationEvidence evidence)
    {
        if (KeyAndEpochOf(evidence) is not { } signer)
        {
            return;
        }

        // The parts are counted first: what is refused is not even put together.
        (int pieces, int size) = held.GetValueOrDefault(signer);
        if (pieces >= PiecesMax || size + evidence.First.Body.Length + evidence.Second.Body.Length > BytesMax)
        {
            Refuse(signer);
            return;
        }

        byte[] bytes = evidence.Encode();
        byte[] key = KeyOf(bytes);
        if (known.Contains(new Hash256(key)))
        {
            return;
        }

        if (size + bytes.Length > BytesMax)
        {
            Refuse(signer);
            return;
        }

        using DatabaseBatch batch = database.NewBatch();
        batch.Put(LedgerColumns.Evidence, key, bytes);
        database.Write(batch, synced: false);
        Count(signer, key, bytes.Length);
        logger.LogError(
            "validator {Validator} signed two messages for one height, view and kind; both are kept as evidence",
            evidence.First.Sender.ToShortString());
    }

    /// <summary>The key of encoded evidence.</summary>
    public static byte[] KeyOf(ReadOnlySpan<byte> bytes) => TaggedHash.Of(Tags.ConsensusMessage, bytes).ToArray();

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

    // A damaged entry counts for nobody; `ledger-node fsck` names it.
    private void CountStored(byte[] key, byte[] bytes)
    {
        if (key.Length == Hash256.Size
            && EquivocationEvidence.TryDecode(bytes, out EquivocationEvidence? evidence)
            && KeyAndEpochOf(evidence) is { } signer)
        {
            Count(signer, key, bytes.Length);
        }
    }

    private void Count((Address Sender, ulong Epoch) signer, byte[] key, int bytes)
    {
        (int pieces, int size) = held.GetValueOrDefault(signer);
        held[signer] = (pieces + 1, size + bytes);
        known.Add(new Hash256(key));
    }

    private void Refuse((Address Sender, ulong Epoch) signer)
    {
        if (refused.Add(signer))
        {
            logger.LogWarning(
                "validator {Validator} goes on signing two messages for one slot; no more are kept of epoch {Epoch}",
                signer.Sender.ToShortString(),
                signer.Epoch);
        }
    }

    private static (Address Sender, ulong Epoch)? KeyAndEpochOf(EquivocationEvidence evidence) =>
        MessageCodec.TryDecode(evidence.First.Body.Span, out ConsensusMessage? content)
            ? (evidence.First.Sender, content.Epoch)
            : null;
}
