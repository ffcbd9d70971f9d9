using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>A key with its value.</summary>
internal sealed class StateLeaf(StateChange entry) : StateNode
{
    /// <summary>The key and the value.</summary>
    public StateChange Entry { get; } = entry;

    /// <summary>
    /// The first bit in which a key differs, or <see cref="StateTree.KeyBits"/> for the key itself, whose value is
    /// given.
    /// </summary>
    public int LeavesAt(in Hash256 keyHash, out ReadOnlyMemory<byte> value)
    {
        int differing = Entry.Key.Hash.FirstDifferentBit(keyHash);
        value = differing == StateTree.KeyBits ? Entry.Value : default;
        return differing;
    }

    /// <summary>What the parent holds of it.</summary>
    public Hash256 ComputeHash() => StateHashes.Leaf(Entry.Key.Hash, StateHashes.Value(Entry.Value.Span));
}
