using System.Buffers;
using System.Buffers.Binary;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Storage;

namespace Ledger.Node.Chain;

/// <summary>
/// The entries of a block's records in the column of locators. They are encoded side by side as they come, for they go
/// into the store in another order, in which each part of a record would be waited for. The memory is lent, and given
/// back in the end.
/// </summary>
internal sealed class LocatorEntries : IDisposable
{
    private const int EntrySize = RecordIndexKey.Size + AnchoredRecord.Size;
    private const int EntriesAtFirst = 256;

    private byte[] entries = ArrayPool<byte>.Shared.Rent(EntriesAtFirst * EntrySize);
    private int count;

    /// <summary>Adds the records among the leaves of a range.</summary>
    public void Add(RangeName range, IReadOnlyList<IRangeLeaf> leaves)
    {
        for (int place = 0; place < leaves.Count; place++)
        {
            if (leaves[place] is RecordLeaf record)
            {
                Span<byte> entry = Next();
                RecordIndexKey.Of(range.Writer, record.Locator).CopyTo(entry);
                AnchoredRecord.Write(
                    entry[RecordIndexKey.Size..],
                    range.Learner,
                    range.VerbHash,
                    record.Height,
                    record.Index,
                    record.Commitment.Span);
            }
        }
    }

    /// <summary>
    /// Puts them in the order of their hashed ids: keys that lie close together go in together, which the database's
    /// tree of recent keys is quick at.
    /// </summary>
    public void Put(DatabaseBatch batch)
    {
        ulong[] leads = new ulong[count];
        int[] order = new int[count];
        for (int place = 0; place < count; place++)
        {
            leads[place] = BinaryPrimitives.ReadUInt64BigEndian(Entry(place)[RecordIndexKey.HashedIdAt..]);
            order[place] = place;
        }

        Array.Sort(leads, order);
        foreach (int place in order)
        {
            ReadOnlySpan<byte> entry = Entry(place);
            batch.Put(LedgerColumns.Locators, entry[..RecordIndexKey.Size], entry[RecordIndexKey.Size..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(entries);
        entries = [];
        count = 0;
    }

    private Span<byte> Next()
    {
        if ((count + 1) * EntrySize > entries.Length)
        {
            byte[] longer = ArrayPool<byte>.Shared.Rent(entries.Length * 2);
            entries.AsSpan(0, count * EntrySize).CopyTo(longer);
            ArrayPool<byte>.Shared.Return(entries);
            entries = longer;
        }

        return Entry(count++);
    }

    private Span<byte> Entry(int place) => entries.AsSpan(place * EntrySize, EntrySize);
}
