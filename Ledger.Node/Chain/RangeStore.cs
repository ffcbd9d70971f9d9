using Google.Protobuf;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Protos;
using Ledger.Node.Storage;
using Ledger.Primitives;

namespace Ledger.Node.Chain;

/// <summary>
/// Ranges on disk. What a block appends to a range is one entry, which holds the range's new value too: so a record
/// takes one put of its own, that of its locator. The column of the state has the range's key without a value.
/// </summary>
public sealed class RangeStore(LedgerDatabase database)
{
    /// <summary>Leaves of one entry: a read of a few leaves reads no more besides.</summary>
    public const int EntryLeavesMax = 64;

    /// <summary>Writes what a block appended to ranges.</summary>
    public static void Put(DatabaseBatch batch, IReadOnlyList<GrownRange> ranges)
    {
        using LocatorEntries locators = new();
        foreach (GrownRange grown in ranges.OrderBy(static grown => grown.Key))
        {
            ReadOnlySpan<byte> key = grown.Key.Raw.Span;
            Invariant.That(RangeName.TryRead(key, out RangeName name));
            PutLeaves(batch, key, grown.Leaves, grown.Value);
            locators.Add(name, grown.Leaves);
            if (grown.Leaves[0].Index == 0)
            {
                PutKey(batch, key);
            }
        }

        locators.Put(batch);
    }

    /// <summary>Writes that there is a range, whose value stands with its leaves.</summary>
    public static void PutKey(DatabaseBatch batch, ReadOnlySpan<byte> rawKey) =>
        batch.Put(LedgerColumns.State, rawKey, []);

    /// <summary>Writes leaves of a range side by side.</summary>
    /// <param name="batch">Takes the entries.</param>
    /// <param name="name">The range.</param>
    /// <param name="rawKey">Its raw key.</param>
    /// <param name="leaves">The leaves, one at least.</param>
    /// <param name="value">The range's value after them; empty where the range's next leaves bring it.</param>
    public static void Put(
        DatabaseBatch batch,
        RangeName name,
        ReadOnlySpan<byte> rawKey,
        IReadOnlyList<IRangeLeaf> leaves,
        ReadOnlyMemory<byte> value)
    {
        PutLeaves(batch, rawKey, leaves, value);
        using LocatorEntries locators = new();
        locators.Add(name, leaves);
        locators.Put(batch);
    }

    private static void PutLeaves(
        DatabaseBatch batch, ReadOnlySpan<byte> rawKey, IReadOnlyList<IRangeLeaf> leaves, ReadOnlyMemory<byte> value)
    {
        Span<byte> key = stackalloc byte[rawKey.Length + sizeof(ulong)];
        for (int first = 0; first < leaves.Count; first += EntryLeavesMax)
        {
            int count = Math.Min(EntryLeavesMax, leaves.Count - first);
            bool isLast = first + count == leaves.Count;
            using MessageList entry = new();
            entry.AddFields(new StoredLeaves
            {
                Range = isLast ? UnsafeByteOperations.UnsafeWrap(value) : ByteString.Empty,
            });
            for (int place = first; place < first + count; place++)
            {
                IRangeLeaf leaf = leaves[place];
                entry.Add(FieldOf(leaf), leaf);
            }

            LedgerDatabase.WriteLeafKey(key, rawKey, leaves[first + count - 1].Index);
            batch.Put(LedgerColumns.Leaves, key, entry.Encoding.Span);
        }
    }

    /// <summary>The leaves of a range from an index on, in order.</summary>
    public IEnumerable<IRangeLeaf> Leaves(RangeName range, ulong from)
    {
        byte[] prefix = range.ToRawKey();
        return database.Scan(LedgerColumns.Leaves, prefix, LedgerDatabase.LeafKey(prefix, from))
            .SelectMany(static entry => LeavesOf(StoredLeaves.Parser.ParseFrom(entry.Value)))
            .SkipWhile(leaf => leaf.Index < from);
    }

    /// <summary>The leaves of an entry.</summary>
    public static IReadOnlyList<IRangeLeaf> LeavesOf(StoredLeaves entry) =>
        entry.Trail.Count > 0 ? entry.Trail : RangeLeaf.InOrder(entry.Records, entry.Tombstones);

    /// <summary>The keys and values of the state, in the order of raw keys.</summary>
    public IEnumerable<KeyValuePair<byte[], byte[]>> State(byte[] prefix, byte[]? from)
    {
        foreach ((byte[] key, byte[] value) in database.Scan(LedgerColumns.State, prefix, from))
        {
            yield return new KeyValuePair<byte[], byte[]>(
                key, RangeName.TryRead(key, out _) && value.Length == 0 ? ValueOf(key) : value);
        }
    }

    private static int FieldOf(IRangeLeaf leaf) => leaf switch
    {
        TrailLeaf => StoredLeaves.TrailFieldNumber,
        TombstoneLeaf => StoredLeaves.TombstonesFieldNumber,
        _ => StoredLeaves.RecordsFieldNumber,
    };

    // Of a range whose leaves are missing nothing is known, which the root of the state tells.
    private byte[] ValueOf(byte[] rawKey) =>
        database.LastUpTo(LedgerColumns.Leaves, LedgerDatabase.LeafKey(rawKey, ulong.MaxValue)) is var (key, value)
        && key.AsSpan().StartsWith(rawKey)
            ? StoredLeaves.Parser.ParseFrom(value).Range.ToByteArray()
            : [];
}
