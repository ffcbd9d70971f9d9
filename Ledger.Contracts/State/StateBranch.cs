namespace Ledger.Contracts.State;

/// <summary>The first bit in which the keys below differ: 0 to the left, 1 to the right.</summary>
internal sealed class StateBranch(int bit, StateNode left, StateNode right) : StateNode(bit, left, right)
{
    /// <summary>The keys in which the bit is 0.</summary>
    public new StateNode Left => base.Left!;

    /// <summary>The keys in which the bit is 1.</summary>
    public new StateNode Right => base.Right!;
}
