namespace Ledger.Client.Records;

/// <summary>Where a slot stands below the root of its type: the subtrees' levels continue the tree's.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Index">Its bits, from the lowest, tell at each level whether the node is the right one of two.</param>
/// <param name="Depth">The number of levels up to the root.</param>
internal readonly record struct SlotPlace(RecordSlot Slot, int Index, int Depth)
{
    /// <summary>Finds a slot by its pointer, an object with slots of its own included.</summary>
    public static bool TryFind(SlotLayout layout, string pointer, out SlotPlace place) =>
        TryFind(layout, pointer, 0, 0, out place);

    private static bool TryFind(SlotLayout layout, string pointer, int index, int depth, out SlotPlace place)
    {
        for (int position = 0; position < layout.Slots.Length; position++)
        {
            RecordSlot slot = layout.Slots[position];
            int at = (index << layout.Depth) | position;
            if (string.Equals(slot.Pointer, pointer, StringComparison.Ordinal))
            {
                place = new SlotPlace(slot, at, depth + layout.Depth);
                return true;
            }

            if (slot.Subtree is not null && TryFind(slot.Subtree, pointer, at, depth + layout.Depth, out place))
            {
                return true;
            }
        }

        place = default;
        return false;
    }
}
