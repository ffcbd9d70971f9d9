namespace Ledger.Contracts.State;

/// <summary>The first bit in which the keys below differ: 0 to the left, 1 to the right.</summary>
internal sealed class StateBranch(int bit, StateNode left, StateNode right)
    : StateNode(StateHashes.Branch(bit, left.Hash, right.Hash), left.Sample)
{
    /// <summary>The bit, 0 to 255.</summary>
    public int Bit { get; } = bit;

    /// <summary>The keys in which it is 0.</summary>
    public StateNode Left { get; } = left;

    /// <summary>The keys in which it is 1.</summary>
    public StateNode Right { get; } = right;
}
