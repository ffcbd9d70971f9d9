using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The records that a block has appended, by what makes them one and the same. A table as <see cref="DraftTable"/>;
/// hashed ids are chosen by writers, and the seed keeps them from choosing where they stand.
/// </summary>
internal sealed class RecordTable(ulong seed)
{
    private const int SlotsAtFirst = 256;

    private AppendedRecord?[] slots = new AppendedRecord?[SlotsAtFirst];
    private int count;

    /// <summary>The record with this key, or null.</summary>
    public AppendedRecord? Find(RecordIndexKey key)
    {
        ulong mask = (ulong)slots.Length - 1;
        for (ulong place = key.Mix(seed) & mask; ; place = (place + 1) & mask)
        {
            AppendedRecord? record = slots[place];
            if (record is null || record.IndexKey == key)
            {
                return record;
            }
        }
    }

    /// <summary>Adds a record whose key is not there.</summary>
    public void Add(AppendedRecord record)
    {
        // At most half full, so that a search soon ends.
        if ((count + 1) * 2 > slots.Length)
        {
            AppendedRecord?[] before = slots;
            slots = new AppendedRecord?[before.Length * 2];
            foreach (AppendedRecord? moved in before)
            {
                if (moved is not null)
                {
                    Put(moved);
                }
            }
        }

        Put(record);
        count++;
    }

    /// <summary>Takes out a record that is there.</summary>
    public void Remove(AppendedRecord record)
    {
        ulong mask = (ulong)slots.Length - 1;
        ulong place = record.IndexKey.Mix(seed) & mask;
        while (!ReferenceEquals(slots[place], record))
        {
            Invariant.That(slots[place] is not null);
            place = (place + 1) & mask;
        }

        slots[place] = null;
        count--;

        // What stands behind the gap moves up, so that no search ends before it.
        for (ulong next = (place + 1) & mask; slots[next] is { } moved; next = (next + 1) & mask)
        {
            slots[next] = null;
            Put(moved);
        }
    }

    private void Put(AppendedRecord record)
    {
        ulong mask = (ulong)slots.Length - 1;
        ulong place = record.IndexKey.Mix(seed) & mask;
        while (slots[place] is not null)
        {
            place = (place + 1) & mask;
        }

        slots[place] = record;
    }
}
