using System.Buffers.Binary;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Anchoring;

/// <summary>
/// Which learners have asked this institution to anchor what it had stored of them before they enrolled. It stays in
/// the node, beside the pairs; what became of it is on the ledger, marked late.
/// </summary>
public sealed class EarlierWishes(LedgerDatabase database)
{
    // No account begins with a control character, so these keys, claims and pairs share a column without meeting.
    private const byte Mark = 1;

    /// <summary>Raised after a learner has asked, or taken it back.</summary>
    public event Action? Changed;

    /// <summary>When the learner asked for it, or null.</summary>
    public DateTimeOffset? Wanted(Address learner) =>
        database.Get(LedgerColumns.Pairs, Key(learner)) is { } bytes
            ? DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes))
            : null;

    /// <summary>Notes that the learner has asked for it at a time; null where it is taken back.</summary>
    public void Set(Address learner, DateTimeOffset? asked)
    {
        using DatabaseBatch batch = database.NewBatch();
        if (asked is { } time)
        {
            byte[] value = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(value, time.ToUnixTimeMilliseconds());
            batch.Put(LedgerColumns.Pairs, Key(learner), value);
        }
        else
        {
            batch.Delete(LedgerColumns.Pairs, Key(learner));
        }

        database.Write(batch, synced: true);
        Changed?.Invoke();
    }

    private static byte[] Key(Address learner) => [Mark, .. learner.ToArray()];
}
