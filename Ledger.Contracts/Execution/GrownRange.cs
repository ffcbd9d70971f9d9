using Ledger.Contracts.State;

namespace Ledger.Contracts.Execution;

/// <summary>A range to which a block has appended.</summary>
/// <param name="Key">The range's key of the state.</param>
/// <param name="Value">Its value of the state after the block.</param>
/// <param name="Leaves">What the block appended to it, in order, one at least.</param>
public sealed record GrownRange(StateKey Key, ReadOnlyMemory<byte> Value, IReadOnlyList<IRangeLeaf> Leaves);
