using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The values that a draft has looked at, by raw key. A table of powers of two with linear steps; nothing depends on
/// where a value stands, because what is set is sorted in the end.
/// </summary>
internal sealed class DraftTable(ulong seed)
{
    private const int SlotsAtFirst = 256;

    private DraftValue?[] slots = new DraftValue?[SlotsAtFirst];
    private int count;

    /// <summary>The value of a key, or null where it was not looked at yet.</summary>
    public DraftValue? Find(StateKey key)
    {
        ulong mask = (ulong)slots.Length - 1;
        for (ulong place = key.Mix(seed) & mask; ; place = (place + 1) & mask)
        {
            DraftValue? value = slots[place];
            if (value is null || value.Key.Equals(key))
            {
                return value;
            }
        }
    }

    /// <summary>Adds a value whose key is not there.</summary>
    public void Add(DraftValue value)
    {
        // At most half full, so that a search soon ends.
        if ((count + 1) * 2 > slots.Length)
        {
            DraftValue?[] before = slots;
            slots = new DraftValue?[before.Length * 2];
            foreach (DraftValue? moved in before)
            {
                if (moved is not null)
                {
                    Put(moved);
                }
            }
        }

        Put(value);
        count++;
    }

    /// <summary>The values that were set, in ascending order of key hash.</summary>
    public StateChange[] Changes()
    {
        List<StateChange> changes = [];
        foreach (DraftValue? value in slots)
        {
            if (value is { IsSet: true })
            {
                changes.Add(new StateChange(value.Key, value.Bytes));
            }
        }

        changes.Sort(static (left, right) => left.Key.Hash.CompareTo(right.Key.Hash));
        return [.. changes];
    }

    private void Put(DraftValue value)
    {
        ulong mask = (ulong)slots.Length - 1;
        ulong place = value.Key.Mix(seed) & mask;
        while (slots[place] is not null)
        {
            place = (place + 1) & mask;
        }

        slots[place] = value;
    }
}
