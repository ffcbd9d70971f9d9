using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>
/// A node of the state tree; immutable. What a search looks at stands in the base class, and so in the same line of the
/// processor's cache.
/// </summary>
internal abstract class StateNode
{
    /// <summary>A leaf.</summary>
    protected StateNode(Hash256 hash, Hash256 sample)
    {
        Hash = hash;
        Sample = sample;
    }

    /// <summary>The first bit in which the keys below differ: 0 to the left, 1 to the right.</summary>
    protected StateNode(int bit, StateNode left, StateNode right)
    {
        Bit = bit;
        Left = left;
        Right = right;
        Hash = StateHashes.Branch(bit, left.Hash, right.Hash);
        Sample = left.Sample;
    }

    /// <summary>What the node's parent holds of it.</summary>
    public Hash256 Hash { get; }

    /// <summary>The hash of some key below: all keys below share its bits above the node's own.</summary>
    public Hash256 Sample { get; }

    /// <summary>Of a branch: the bit, 0 to 255.</summary>
    public int Bit { get; }

    /// <summary>Of a branch: the keys in which the bit is 0; null of a leaf.</summary>
    public StateNode? Left { get; }

    /// <summary>Of a branch: the keys in which the bit is 1; null of a leaf.</summary>
    public StateNode? Right { get; }
}
