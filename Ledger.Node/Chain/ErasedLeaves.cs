using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Chain;

/// <summary>
/// Writes what a block erased: tombstones in the place of leaves that blocks before it stored, the value of each range
/// beside its newest leaves, and locators that lead nowhere any more.
/// </summary>
internal static class ErasedLeaves
{
    /// <summary>Writes it, after what the block appended.</summary>
    public static void Put(DatabaseBatch batch, LedgerDatabase database, BlockResult result)
    {
        foreach (IGrouping<RangeName, ErasedLeaf> range in result.Erased.GroupBy(static erased => erased.Range))
        {
            Put(batch, database, range.Key, [.. range.Select(static erased => erased.Tombstone)], result);
        }

        foreach (ErasedLeaf erased in result.Erased)
        {
            batch.Delete(LedgerColumns.Locators, erased.IndexKey.ToArray());
        }
    }

    private static void Put(
        DatabaseBatch batch,
        LedgerDatabase database,
        RangeName range,
        IReadOnlyList<TombstoneLeaf> tombstones,
        BlockResult result)
    {
        byte[] rawKey = range.ToRawKey();
        SortedDictionary<string, (byte[] Key, StoredLeaves Leaves)> entries = new(StringComparer.Ordinal);
        foreach (TombstoneLeaf tombstone in tombstones)
        {
            (byte[] key, byte[] value) =
                database.Scan(LedgerColumns.Leaves, rawKey, LedgerDatabase.LeafKey(rawKey, tombstone.Index)).First();
            Replace(Entry(entries, key, value), tombstone);
        }

        // What the block appended brings the range's value with it; else the newest leaves have it.
        if (!result.Grown.Any(grown => grown.Key.Raw.Span.SequenceEqual(rawKey)))
        {
            (byte[] key, byte[] value) =
                database.LastUpTo(LedgerColumns.Leaves, LedgerDatabase.LeafKey(rawKey, ulong.MaxValue))!.Value;
            Invariant.That(result.State.TryGet(new StateKey(rawKey), out ReadOnlyMemory<byte> now));
            Entry(entries, key, value).Range = ByteString.CopyFrom(now.Span);
        }

        foreach ((byte[] key, StoredLeaves leaves) in entries.Values)
        {
            batch.Put(LedgerColumns.Leaves, key, leaves);
        }
    }

    private static StoredLeaves Entry(
        SortedDictionary<string, (byte[] Key, StoredLeaves Leaves)> entries, byte[] key, byte[] value)
    {
        string name = Convert.ToHexString(key);
        if (!entries.TryGetValue(name, out (byte[] Key, StoredLeaves Leaves) entry))
        {
            entry = (key, StoredLeaves.Parser.ParseFrom(value));
            entries.Add(name, entry);
        }

        return entry.Leaves;
    }

    private static void Replace(StoredLeaves entry, TombstoneLeaf tombstone)
    {
        RecordLeaf? leaf = entry.Records.FirstOrDefault(record => record.Index == tombstone.Index);
        Invariant.That(leaf is not null, "a leaf that a block erases is on disk");
        entry.Records.Remove(leaf);
        int place = 0;
        while (place < entry.Tombstones.Count && entry.Tombstones[place].Index < tombstone.Index)
        {
            place++;
        }

        entry.Tombstones.Insert(place, tombstone);
    }
}
