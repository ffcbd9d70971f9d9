namespace Ledger.Contracts.Execution;

/// <summary>
/// The records that a block has appended, by what makes them one and the same. Hashed ids are chosen by writers, and
/// the seed keeps them from choosing where they stand.
/// </summary>
internal sealed class RecordTable(ulong seed)
{
    private readonly TableSlots<AppendedRecord> slots = new();

    /// <summary>The record with this key, or null.</summary>
    public AppendedRecord? Find(RecordIndexKey key)
    {
        ulong mix = key.Mix(seed);
        for (int place = slots.First(mix); ; place = slots.Next(place))
        {
            ref TableSlot<AppendedRecord> slot = ref slots[place];
            if (slot.Entry is null || (slot.Mix == mix && slot.Entry.IndexKey == key))
            {
                return slot.Entry;
            }
        }
    }

    /// <summary>Adds a record whose key is not there.</summary>
    public void Add(AppendedRecord record) => slots.Add(record.IndexKey.Mix(seed), record);

    /// <summary>Takes out a record that is there.</summary>
    public void Remove(AppendedRecord record)
    {
        int place = slots.First(record.IndexKey.Mix(seed));
        while (!ReferenceEquals(slots[place].Entry, record))
        {
            Primitives.Invariant.That(slots[place].Entry is not null);
            place = slots.Next(place);
        }

        slots.RemoveAt(place);
    }

    /// <summary>Gives the memory back.</summary>
    public void Release() => slots.Release();
}
