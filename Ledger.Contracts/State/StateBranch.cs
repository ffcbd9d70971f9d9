using Ledger.Primitives;

namespace Ledger.Contracts.State;

/// <summary>The first bit in which the keys below differ: 0 to the left, 1 to the right.</summary>
internal sealed class StateBranch(
    int bit, StateNode left, in Hash256 leftHash, StateNode right, in Hash256 rightHash) : StateNode(bit, left, right)
{
    private readonly Hash256 leftHash = leftHash;
    private readonly Hash256 rightHash = rightHash;

    /// <summary>The keys in which the bit is 0.</summary>
    public new StateNode Left => base.Left!;

    /// <summary>The keys in which the bit is 1.</summary>
    public new StateNode Right => base.Right!;

    /// <summary>The hash of <see cref="Left"/>.</summary>
    public ref readonly Hash256 LeftHash => ref leftHash;

    /// <summary>The hash of <see cref="Right"/>.</summary>
    public ref readonly Hash256 RightHash => ref rightHash;

    /// <summary>What the parent holds of it.</summary>
    public Hash256 ComputeHash() => StateHashes.Branch(Bit, leftHash, rightHash);
}
