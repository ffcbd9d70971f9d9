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

    /// <summary>Of a search that has ended: as <see cref="StateTree.LeavesAt"/>.</summary>
    public readonly int LeavesAt(out ReadOnlyMemory<byte> value)
    {
        value = default;
        return At is StateLeaf leaf ? leaf.LeavesAt(Key.Hash, out value) : 0;
    }
}
