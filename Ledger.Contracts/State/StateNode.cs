namespace Ledger.Contracts.State;

/// <summary>
/// A node of the state tree; immutable. What a search looks at stands in the base class, and so in one line of the
/// processor's cache. A node's hash stands in its parent: who rebuilds a path needs not touch what lies beside it.
/// </summary>
internal abstract class StateNode
{
    /// <summary>A leaf.</summary>
    protected StateNode()
    {
    }

    /// <summary>A branch.</summary>
    protected StateNode(int bit, StateNode left, StateNode right)
    {
        Bit = bit;
        Left = left;
        Right = right;
    }

    /// <summary>Of a branch: the keys in which the bit is 0; null of a leaf.</summary>
    public StateNode? Left { get; }

    /// <summary>Of a branch: the keys in which the bit is 1; null of a leaf.</summary>
    public StateNode? Right { get; }

    /// <summary>Of a branch: the bit, 0 to 255.</summary>
    public int Bit { get; }
}
