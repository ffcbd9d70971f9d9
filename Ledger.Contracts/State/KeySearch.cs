namespace Ledger.Contracts.State;

/// <summary>
/// How far the search for a key has come, of several that go on side by side. A value, so that writing it down costs no
/// check of a type.
/// </summary>
internal struct KeySearch(StateKey key)
{
    /// <summary>The key, with its hash at hand.</summary>
    public readonly StateKey Key = key;

    /// <summary>Where the search stands; in the end the leaf that it finds, or null in an empty tree.</summary>
    public StateNode? At;

    /// <summary>
    /// Of a search that has ended: as <see cref="StateTree.LeavesAt"/>, and the entry. One that the tree does not have
    /// is the key without a value; the key of one that it has is the tree's, so that nothing keeps the one that was
    /// searched for.
    /// </summary>
    public readonly int LeavesAt(out StateChange entry)
    {
        entry = new StateChange(Key, default);
        if (At is not StateLeaf leaf)
        {
            return 0;
        }

        int leavesAt = leaf.LeavesAt(Key.Hash, out _);
        entry = leavesAt == StateTree.KeyBits ? leaf.Entry : entry;
        return leavesAt;
    }
}
