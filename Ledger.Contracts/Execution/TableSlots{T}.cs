using System.Buffers;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The places of a table of one block: powers of two with linear steps, at most half full, so that a search soon ends.
/// The memory is lent: megabytes that are garbage after every block would cost more than all searches in them.
/// </summary>
internal sealed class TableSlots<T>
    where T : class
{
    private const int LengthAtFirst = 1024;

    private TableSlot<T>[] slots = Rent(LengthAtFirst);
    private int length = LengthAtFirst;
    private int count;

    /// <summary>The place with this number, from which a search goes on by <see cref="Next"/>.</summary>
    public ref TableSlot<T> this[int place] => ref slots[place];

    /// <summary>Where an entry with this number stands, or the first place after it.</summary>
    public int First(ulong mix) => (int)(mix & ((ulong)length - 1));

    /// <summary>The place after one.</summary>
    public int Next(int place) => (place + 1) & (length - 1);

    /// <summary>Adds an entry that is not there.</summary>
    public void Add(ulong mix, T entry)
    {
        if ((count + 1) * 2 > length)
        {
            Grow();
        }

        Put(new TableSlot<T>(mix, entry));
        count++;
    }

    /// <summary>Takes out what stands at a place.</summary>
    public void RemoveAt(int place)
    {
        slots[place] = default;
        count--;

        // What stands behind the gap moves up, so that no search ends before it.
        for (int next = Next(place); slots[next].Entry is not null; next = Next(next))
        {
            TableSlot<T> moved = slots[next];
            slots[next] = default;
            Put(moved);
        }
    }

    /// <summary>Gives the memory back. The table must not be used afterwards.</summary>
    public void Release()
    {
        ArrayPool<TableSlot<T>>.Shared.Return(slots, clearArray: true);
        slots = [];
        length = 0;
    }

    private static TableSlot<T>[] Rent(int length) => ArrayPool<TableSlot<T>>.Shared.Rent(length);

    private void Grow()
    {
        TableSlot<T>[] before = slots;
        int lengthBefore = length;
        length *= 2;
        slots = Rent(length);
        foreach (TableSlot<T> moved in before.AsSpan(0, lengthBefore))
        {
            if (moved.Entry is not null)
            {
                Put(moved);
            }
        }

        ArrayPool<TableSlot<T>>.Shared.Return(before, clearArray: true);
    }

    private void Put(TableSlot<T> added)
    {
        int place = First(added.Mix);
        while (slots[place].Entry is not null)
        {
            place = Next(place);
        }

        slots[place] = added;
    }
}
