using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>
/// The values that a draft has looked at, by raw key. Nothing depends on where a value stands, because what is set is
/// sorted in the end.
/// </summary>
internal sealed class DraftTable
{
    private readonly TableSlots<DraftValue> slots = new();
    private readonly List<DraftValue> wereSet = [];

    /// <summary>The value of a key with this number, or null where it was not looked at yet.</summary>
    public DraftValue? Find(StateKey key, ulong mix)
    {
        for (int place = slots.First(mix); ; place = slots.Next(place))
        {
            ref TableSlot<DraftValue> slot = ref slots[place];
            if (slot.Entry is null || (slot.Mix == mix && slot.Entry.Key.Equals(key)))
            {
                return slot.Entry;
            }
        }
    }

    /// <summary>Adds a value whose key, with this number, is not there.</summary>
    public void Add(DraftValue value, ulong mix) => slots.Add(mix, value);

    /// <summary>Gives the memory back; the values that were set stay.</summary>
    public void Release() => slots.Release();

    /// <summary>Notes that a value of the table was set; it may be taken back later.</summary>
    public void NoteSet(DraftValue value)
    {
        if (!value.WasSet)
        {
            value.WasSet = true;
            wereSet.Add(value);
        }
    }

    /// <summary>
    /// The values that are set, in ascending order of key hash, and where the search for each leaves the parent's tree.
    /// </summary>
    public StateChange[] Changes(out int[] leavesAt)
    {
        wereSet.RemoveAll(static value => !value.IsSet);
        DraftValue[] sorted = Sorted();
        StateChange[] changes = new StateChange[sorted.Length];
        leavesAt = new int[sorted.Length];
        for (int place = 0; place < changes.Length; place++)
        {
            leavesAt[place] = sorted[place].LeavesAt;
            changes[place] = new StateChange(sorted[place].Key, sorted[place].Bytes);
        }

        return changes;
    }

    // Numbers are sorted much faster than hashes, and hashes that begin alike are next to none.
    private DraftValue[] Sorted()
    {
        DraftValue[] sorted = [.. wereSet];
        ulong[] leads = [.. wereSet.Select(static value => value.Key.Hash.Lead)];
        Array.Sort(leads, sorted);
        for (int first = 0, end; first < leads.Length; first = end)
        {
            for (end = first + 1; end < leads.Length && leads[end] == leads[first]; end++)
            {
            }

            sorted.AsSpan(first, end - first)
                .Sort(static (left, right) => left.Key.Hash.CompareTo(right.Key.Hash));
        }

        return sorted;
    }
}
